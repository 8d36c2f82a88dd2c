import type { PartRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import type { PartsSheet } from "./usePartsSheet";

/** Substitutes on the shelf for a part that is not, or what a row is a substitute of. */
export function Substitutes({ row, sheet }: { row: PartRow; sheet: PartsSheet }) {
  const { t, say } = useSpeech();
  if (row.instead_of) {
    const of = t("parts.insteadOf", { part: row.instead_of });
    return <p className="muted small parts-why">{of}</p>;
  }
  const swap = (part: string) =>
    sheet.swap(row.part, { part, quantity: row.quantity, instead_of: row.part });
  return (row.substitutes ?? []).map((each) => (
    <button
      key={each.part}
      type="button"
      className="link small parts-why"
      onClick={(event) => {
        event.stopPropagation();
        swap(each.part);
      }}
    >
      {t("parts.useSubstitute", { n: each.booked, part: say(each.title) })}
    </button>
  ));
}
