import type { PartRow, Text } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import type { PartsSheet } from "./usePartsSheet";

type Substitute = NonNullable<PartRow["substitutes"]>[number];

/** Substitutes on the shelf for a part of which too few lie there, or what a row stands in for. */
export function Substitutes({ row, sheet }: { row: PartRow; sheet: PartsSheet }) {
  const { t, say } = useSpeech();
  if (row.instead_of) {
    const meant = sheet.choiceOf(row.instead_of);
    const of = t("parts.insteadOf", { part: meant ? say(meant.title) : row.instead_of });
    return <p className="muted small parts-instead">{of}</p>;
  }
  if (sheet.mode !== "shelf") return null;
  const there = Math.max(0, sheet.choiceOf(row.part)?.on_hand ?? row.booked ?? 0);
  const missing = row.quantity - there;
  const offered = (row.substitutes ?? []).filter(
    (each) => (there === 0 || missing > 0) && !sheet.rows.some((own) => own.part === each.part),
  );
  if (offered.length === 0) return null;
  const use = (each: Substitute) => {
    const kept = there > 0 && missing > 0 ? reduced(row, there) : null;
    sheet.swap(row.part, substitute(row, each, kept ? missing : row.quantity, sheet), kept);
  };
  return (
    <div className="parts-why">
      {there > 0 && (
        <span className="small soon">{t("parts.tooFew", { n: there, missing })}</span>
      )}
      {offered.map((each) => (
        <button
          key={each.part}
          type="button"
          className="link small"
          onClick={(event) => {
            event.stopPropagation();
            use(each);
          }}
        >
          {there > 0
            ? t("parts.fillUp", { part: say(each.title), n: each.booked, missing })
            : t("parts.useSubstitute", { n: each.booked, part: say(each.title) })}
        </button>
      ))}
    </div>
  );
}

/** The row with as many pieces as are there. */
function reduced(row: PartRow, there: number): PartRow {
  const serials = row.serials?.slice(0, there);
  return { ...row, quantity: there, ...(serials && { serials }), substitutes: [] };
}

function substitute(
  { part: meant, tracked }: PartRow,
  { part, title }: { part: string; title: Text },
  quantity: number,
  sheet: PartsSheet,
): PartRow {
  const goes = sheet.choiceOf(part)?.tracked ?? tracked ?? false;
  return { part, title, tracked: goes, quantity, serials: [], instead_of: meant };
}
