import { useQuery } from "@tanstack/react-query";
import ScanOutlined from "@ant-design/icons/ScanOutlined";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useRef, useState } from "react";
import { api, query } from "@/api/client";
import type { Page, Unit, UnitHit } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { readCode } from "@/shared/scan";
import { usePhone } from "@/shared/ui/usePhone";
import type { FieldProps } from "../skin";

// Kinds that point at something: a vehicle, a serial number.

export function UnitField({ id, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  const [text, setText] = useState("");
  const chosen = (value as string | null) ?? null;
  const known = useQuery({
    queryKey: ["unit", chosen],
    queryFn: ({ signal }) => api.get<Unit>(`/units/${chosen}`, { signal }),
    enabled: chosen !== null,
  });
  const found = useQuery({
    queryKey: ["units", text],
    queryFn: ({ signal }) => api.get<Page<UnitHit>>(`/units${query({ q: text })}`, { signal }),
    enabled: text.trim().length >= 2,
  });
  const name = (unit: UnitHit) => `${unit.frame_no ?? unit.id}  ${say(unit.model?.title)}`;
  const hits = found.data?.items ?? (known.data ? [known.data] : []);
  return (
    <Select
      id={id}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      style={{ width: "100%" }}
      placeholder={t("form.unitSearch")}
      status={invalid ? "error" : ""}
      loading={found.isFetching}
      value={chosen ?? undefined}
      options={hits.map((unit) => ({ value: unit.id, label: name(unit) }))}
      onChange={(next: string | undefined) => set(next ?? null)}
    />
  );
}

/** A serial number: typed, by a scanner that types, or off a photo where the browser can. */
export function SerialField({ id, value, set, invalid }: FieldProps) {
  const { t } = useSpeech();
  const phone = usePhone();
  const input = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState(false);
  return (
    <>
      <Input
        id={id}
        className="mono"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        status={invalid ? "error" : ""}
        value={(value as string | null) ?? ""}
        onChange={(event) => set(event.target.value.trim().toUpperCase())}
        suffix={
          phone && (
            <button
              type="button"
              className="scan"
              aria-label={t("form.scanHint")}
              onClick={() => input.current?.click()}
            >
              <ScanOutlined />
            </button>
          )
        }
      />
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("form.scanHint")}
        onChange={async (event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (!file) return;
          const code = await readCode(file);
          setFailed(code === null);
          if (code !== null) set(code.toUpperCase());
        }}
      />
      {failed && <p className="late small">{t("form.scanFailed")}</p>}
    </>
  );
}
