import Input from "antd/es/input/Input";
import { useSpeech } from "@/shared/i18n";
import type { FieldProps } from "../skin";

interface Told {
  name?: string;
  phone?: string;
}

/** Another customer than the case's own, told by name and telephone. */
export default function CustomerField({ id, value, set, invalid }: FieldProps) {
  const { t } = useSpeech();
  const told: Told = typeof value === "object" && value !== null ? (value as Told) : {};
  const tell = (part: Told) => {
    const next = { ...told, ...part };
    set(next.name || next.phone ? next : null);
  };
  const status = invalid ? ("error" as const) : ("" as const);
  return (
    <div className="field-party">
      <Input
        id={id}
        value={told.name ?? ""}
        placeholder={t("form.partyName")}
        maxLength={100}
        autoComplete="off"
        status={status}
        onChange={(event) => tell({ name: event.target.value })}
      />
      <Input
        value={told.phone ?? ""}
        aria-label={t("form.partyPhone")}
        placeholder={t("form.partyPhone")}
        inputMode="tel"
        maxLength={20}
        autoComplete="off"
        status={status}
        onChange={(event) => tell({ phone: event.target.value.normalize("NFKC") })}
      />
    </div>
  );
}
