import type { Keyed } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** The models a part fits; their codes, with the names behind them. */
export function Fits({ models }: { models: Keyed[] }) {
  const { t, say } = useSpeech();
  if (models.length === 0) return <span className="muted">{t("prices.allModels")}</span>;
  return (
    <span className="fits">
      {models.map((model) => (
        <span key={model.id} title={say(model.title)}>
          {model.id}
        </span>
      ))}
    </span>
  );
}
