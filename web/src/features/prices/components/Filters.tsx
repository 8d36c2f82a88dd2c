import type { ReactNode } from "react";
import { useSpeech } from "@/shared/i18n";
import { ChooseModel, Find } from "@/shared/list/Filters";

interface Props {
  q: string;
  model: string;
  put: (name: "q" | "model", value: string | null) => void;
  children: ReactNode;
}

/** One box for code, name, pinyin and model; the model again to choose from; what else filters. */
export function Filters({ q, model, put, children }: Props) {
  const { t } = useSpeech();
  return (
    <div className="list-filters">
      <Find label={t("prices.search")} value={q} put={(next) => put("q", next)} />
      <ChooseModel
        label={t("prices.models")}
        value={model}
        put={(next) => put("model", next)}
      />
      {children}
    </div>
  );
}
