import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Tag } from "@/shared/ui/Tag";

/** An open case on the sheet of a shift. */
export interface Held {
  case: string;
  number: string;
  title: string;
  title_en: string;
  state: string;
  state_en: string;
  frame_no: string | null;
  due_at: string | null;
  assigned: boolean;
}

/** Whether a computed value is such a list; an empty one is told in words. */
export function isHeld(value: unknown): value is Held[] {
  if (!Array.isArray(value)) return false;
  return value.every((row) => typeof row === "object" && row !== null && "case" in row);
}

/** Open cases at the end of a shift, with what was promised. */
export function HeldCases({ rows }: { rows: Held[] }) {
  const { t, say } = useSpeech();
  if (rows.length === 0) return <p className="muted">{t("form.heldNone")}</p>;
  return (
    <ul className="held">
      {rows.map((row) => (
        <li key={row.case}>
          <Link to={`/case/${row.case}`}>{row.number}</Link>{" "}
          <span>{say({ zh: row.title, en: row.title_en })}</span>{" "}
          <Tag>{say({ zh: row.state, en: row.state_en })}</Tag>{" "}
          <Tag tone={row.assigned ? "ok" : "line"}>
            {t(row.assigned ? "form.heldMoves" : "form.heldTold")}
          </Tag>
          <span className="muted small">
            {[row.frame_no, row.due_at && t("form.heldDue", { at: dateTime(row.due_at) })]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
