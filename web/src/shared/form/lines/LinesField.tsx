import type { Line } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { usePhone } from "@/shared/ui/usePhone";
import type { FieldProps } from "../skin";
import { AddLine } from "./AddLine";
import { LineCard } from "./LineCard";
import { LineRow } from "./LineRow";
import { Totals } from "./Totals";

/** An estimate or settlement, edited in place: a table at the desk, cards on a phone. */
export default function LinesField({ id, value, set }: FieldProps) {
  const { t } = useSpeech();
  const phone = usePhone();
  const lines = (value as Line[] | null) ?? [];
  const put = (changed: Line) =>
    set(lines.map((line) => (line.id === changed.id ? changed : line)));
  const drop = (gone: Line) => set(lines.filter((line) => line.id !== gone.id));
  const Row = phone ? LineCard : LineRow;
  const rows = lines.map((line) => (
    <Row key={line.id} line={line} put={put} drop={() => drop(line)} />
  ));
  return (
    <div className="lines">
      {lines.length === 0 && <p className="muted lines-none">{t("form.lineNone")}</p>}
      {lines.length > 0 && phone && <div className="stack">{rows}</div>}
      {lines.length > 0 && !phone && (
        <div className="scroll-x">
          <table className="paper-table">
            <thead>
              <tr>
                <th>{t("form.lineItem")}</th>
                <th className="num">{t("form.lineQuantity")}</th>
                <th className="num">{t("form.linePrice")}</th>
                <th className="num">{t("form.lineAmount")}</th>
                <th>{t("form.linePayer")}</th>
                <th />
              </tr>
            </thead>
            {rows}
          </table>
        </div>
      )}
      <AddLine id={id} add={(line) => set([...lines, line])} />
      <Totals lines={lines} />
    </div>
  );
}
