import { useQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import type { ReactNode } from "react";
import { catalogQuery } from "@/api/queries/shared";
import { useSpeech } from "@/shared/i18n";

interface Props {
  q: string;
  model: string;
  put: (name: "q" | "model", value: string | null) => void;
  children: ReactNode;
}

/** One box for code, name, pinyin and model; the model again to choose from; what else filters. */
export function Filters({ q, model, put, children }: Props) {
  const { t, say } = useSpeech();
  const { data: catalog } = useQuery(catalogQuery);
  return (
    <div className="filters price-filters">
      <Input
        className="grow"
        allowClear
        defaultValue={q}
        placeholder={t("prices.search")}
        aria-label={t("prices.search")}
        onPressEnter={(event) => put("q", event.currentTarget.value.trim())}
        onChange={(event) => event.target.value === "" && put("q", null)}
      />
      <Select
        allowClear
        style={{ minWidth: 170 }}
        placeholder={t("prices.models")}
        aria-label={t("prices.models")}
        value={model || undefined}
        options={(catalog?.models ?? []).map((each) => ({
          value: each.id,
          label: `${each.id} ${say(each.title)}`,
        }))}
        onChange={(next: string | undefined) => put("model", next ?? null)}
      />
      {children}
    </div>
  );
}
