import type { Line } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** Of a line that a table charges: that nobody typed it, and by which clauses. */
export function Charged({ line }: { line: Line }) {
  const { t } = useSpeech();
  if (!line.rule) return null;
  return (
    <div className="muted small line-charged">
      {t("form.lineRule")}
      {line.price_clause?.map((clause) => (
        <span key={clause} className="clause">
          {clause}
        </span>
      ))}
    </div>
  );
}
