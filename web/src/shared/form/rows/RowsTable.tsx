import type { ReactNode } from "react";
import { Link } from "react-router";
import type { FieldKind, Text } from "@/api/types";
import { type Speech, useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { dateTime } from "@/shared/time/format";
import { empty } from "../state";
import "./rows.css";

/** A row of a list that the rules made; `case` is the case it is about, where it names one. */
export type Row = Record<string, unknown>;

/** What the table must know of a column. */
export interface Head {
  id: string;
  title: Text;
  kind: FieldKind;
  choices?: { id: string; title: Text }[];
  fixed?: boolean;
}

const looks: Partial<Record<FieldKind, string>> = {
  money: "num",
  choice: "nowrap",
  yes_no: "nowrap",
  number: "nowrap",
  instant: "nowrap",
};

/** A list of rows as it stands on the paper; `ask` draws what is asked of a row in `isAsked`. */
export function RowsTable<C extends Head>(props: {
  rows: readonly Row[];
  columns: readonly C[];
  isAsked?: (column: C) => boolean;
  ask?: (row: Row, place: number, column: C) => ReactNode;
}) {
  const { t, say } = useSpeech();
  const { rows, ask, isAsked = () => false } = props;
  // A column nobody wrote into is left out of the paper; what is asked stays.
  const columns = props.columns.filter(
    (column) =>
      isAsked(column) || rows.some((row) => !empty(row[column.id]) || isOpen(row, column)),
  );
  if (rows.length === 0) return <p className="muted">{t("form.rowsNone")}</p>;
  const sums = rows.length > 1 ? columns.map((column) => total(rows, column)) : [];
  return (
    <div className="scroll-x">
      <table className="paper-table rows-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} className={looks[column.kind] ?? ""}>
                {say(column.title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {columns.map((column) => (
                <td
                  key={column.id}
                  data-label={say(column.title)}
                  className={looks[column.kind] ?? ""}
                >
                  {isAsked(column) ? ask?.(row, place, column) : <Told row={row} column={column} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {sums.some((sum) => sum !== null) && (
          <tfoot>
            <tr>
              {columns.map((column, at) => (
                <td
                  key={column.id}
                  data-label={say(column.title)}
                  className={looks[column.kind] ?? ""}
                >
                  {at === 0 ? t("form.rowsTotal") : (sums[at] ?? null) !== null && yuan(sums[at]!)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function total(rows: readonly Row[], column: Head): number | null {
  if (column.kind !== "money") return null;
  const said = rows.map((row) => row[column.id]).filter((one) => typeof one === "number");
  // The sum of some rows would be read as that of all.
  return said.length === rows.length ? said.reduce((sum, one) => sum + one, 0) : null;
}

function Told({ row, column }: { row: Row; column: Head }) {
  const speech = useSpeech();
  if (isOpen(row, column)) return speech.t("form.rowsOpen");
  const words = told(speech, inWords(speech, row, column), column);
  const about = column.id === "number" ? row["case"] : undefined;
  return typeof about === "string" ? <Link to={`/case/${about}`}>{words}</Link> : words;
}

/** The rules asked and found nothing to tell by: that is not a no. */
function isOpen(row: Row, column: Head): boolean {
  return column.kind === "yes_no" && column.fixed === true && row[column.id] === null;
}

/** A text that the rules made in both languages stands beside itself as `…_en`. */
function inWords({ say }: Speech, row: Row, column: Head): unknown {
  const [zh, en] = [row[column.id], row[`${column.id}_en`]];
  return typeof zh === "string" && typeof en === "string" ? say({ zh, en }) : zh;
}

function told({ t, say }: Speech, value: unknown, column: Head): string {
  if (empty(value)) return "";
  switch (column.kind) {
    case "money":
      return yuan(value as number);
    case "instant":
      return dateTime(value as string);
    case "yes_no":
      return t(value ? "words.yes" : "words.no");
    case "choice":
      return say(column.choices?.find((choice) => choice.id === value)?.title) || String(value);
    default:
      return String(value);
  }
}
