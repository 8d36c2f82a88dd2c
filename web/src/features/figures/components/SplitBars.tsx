import type { SplitRow } from "@/api/figures";
import { useSpeech } from "@/shared/i18n";

interface Props {
  rows: readonly SplitRow[];
  /** How many smaller ones are not listed. */
  more: number;
  chosen: string | null;
  /** Narrows the list to one key; the place is narrowed above. */
  choose: ((key: string | null) => void) | null;
}

/** What each key came to, the largest first. */
export function SplitBars({ rows, more, chosen, choose }: Props) {
  const { t, say } = useSpeech();
  if (rows.length === 0) return <p className="muted">{t("figures.noneTitle")}</p>;
  return (
    <ul className="plain split-bars">
      {rows.map((row) => (
        <li key={row.key} className={row.key === chosen ? "chosen" : ""}>
          {choose ? (
            <button
              type="button"
              className="link"
              aria-pressed={row.key === chosen}
              onClick={() => choose(row.key === chosen ? null : row.key)}
            >
              {say(row.title)}
            </button>
          ) : (
            <span>{say(row.title)}</span>
          )}
          <span className="num">
            {row.value ? say(row.value.text) : t("figures.times", { n: row.times })}
          </span>
          <span className="split-bar" aria-hidden="true">
            <span style={{ width: `${Math.round(row.share * 100)}%` }} />
          </span>
        </li>
      ))}
      {more > 0 && <li className="muted small">{t("figures.moreRows", { n: more })}</li>}
    </ul>
  );
}
