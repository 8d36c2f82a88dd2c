import type { DraftCell, DraftFinding } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";

interface Props {
  findings: readonly DraftFinding[];
  /** Leads to the cell; without it the place is only named. */
  go?: (cell: DraftCell) => void;
}

/** What the checker found, errors first; each leads to the place where it is mended. */
export function Findings({ findings, go }: Props) {
  const { t, say } = useSpeech();
  if (findings.length === 0) return null;
  return (
    <ul className="changes" aria-label={t("drafts.findings")}>
      {findings.map((each) => {
        const { cell } = each;
        const place = cell?.row
          ? [cell.table, cell.row, cell.column].filter(Boolean).join(" / ")
          : `${each.file}:${each.line}`;
        return (
          <li key={`${each.file}:${each.line} ${each.code} ${each.sentence.en}`}>
            <Tag tone={each.level === "error" ? "bad" : "warn"}>{t(`drafts.${each.level}`)}</Tag>
            <div>
              <p>{say(each.sentence)}</p>
              {cell && go ? (
                <button type="button" className="link small" onClick={() => go(cell)}>
                  {place}
                </button>
              ) : (
                <span className="muted small">{place}</span>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
