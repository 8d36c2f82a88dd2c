import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";

/** Parts that share a term, with what is left of it. */
export interface Term {
  title: string;
  title_en: string;
  ends: string;
  days_left: number;
}

/** Whether a computed value is such a list. */
export function isTerms(value: unknown): value is Term[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((row) => typeof row === "object" && row !== null && "days_left" in row);
}

/** What is left of the terms of a vehicle, part by part. */
export function Terms({ rows }: { rows: Term[] }) {
  const { t, say } = useSpeech();
  return (
    <ul className="held">
      {rows.map((row) => (
        <li key={`${row.title} ${row.ends}`}>
          <span>{say({ zh: row.title, en: row.title_en })}</span>{" "}
          <Tag tone={row.days_left < 0 ? "line" : "ok"}>
            {row.days_left < 0 ? t("form.termOver") : t("form.termLeft", { days: row.days_left })}
          </Tag>
          <span className="muted small">{t("form.termEnds", { day: row.ends })}</span>
        </li>
      ))}
    </ul>
  );
}
