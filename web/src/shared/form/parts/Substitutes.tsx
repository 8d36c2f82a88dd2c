import type { PartRow, Text } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import type { PartsSheet } from "./usePartsSheet";

/** Substitutes on the shelf for a part that is not, or what a row is a substitute of. */
export function Substitutes({ row, sheet }: { row: PartRow; sheet: PartsSheet }) {
  const { t, say } = useSpeech();
  if (row.instead_of) {
    const meant = sheet.choiceOf(row.instead_of);
    const of = t("parts.insteadOf", { part: meant ? say(meant.title) : row.instead_of });
    return <p className="muted small parts-instead">{of}</p>;
  }
  const swap = ({ part, title }: { part: string; title: Text }) => {
    const tracked = sheet.choiceOf(part)?.tracked ?? row.tracked ?? false;
    const { quantity, part: meant } = row;
    sheet.swap(meant, { part, title, tracked, quantity, serials: [], instead_of: meant });
  };
  return (row.substitutes ?? []).map((each) => (
    <button
      key={each.part}
      type="button"
      className="link small parts-why"
      onClick={(event) => {
        event.stopPropagation();
        swap(each);
      }}
    >
      {t("parts.useSubstitute", { n: each.booked, part: say(each.title) })}
    </button>
  ));
}
