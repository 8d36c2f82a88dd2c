import { Link } from "react-router";
import type { CountedRow } from "@/api/figures";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";

/** The cases behind a number; each opens its page. */
export function CountedList({ rows }: { rows: readonly CountedRow[] }) {
  const { t, say } = useSpeech();
  if (rows.length === 0) return null;
  return (
    <ul className="plain counted">
      {rows.map((row) => (
        <li key={`${row.id}/${row.day}/${row.by.map(say).join("/")}`}>
          <span className="mono small nowrap">{row.day}</span>
          <Link to={`/case/${row.id}`} className="mono">
            {row.number}
          </Link>
          <span className="counted-words">
            {say(row.process.title)} <Tag tone="line">{say(row.state.title)}</Tag>
            <span className="muted small"> {[row.org, ...row.by.map(say)].join(" · ")}</span>
          </span>
          <span className="num">
            {row.value ? say(row.value.text) : t("figures.times", { n: row.times })}
          </span>
        </li>
      ))}
    </ul>
  );
}
