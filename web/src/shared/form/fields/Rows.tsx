import type { Column } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { type Row, RowsTable } from "../rows/RowsTable";
import type { FieldProps } from "../skin";
import { empty } from "../state";
import { Cell } from "./Cell";

/** A list that the rules made (清单): what is fixed is read, the rest is asked row by row. */
export default function RowsField({ id, field, value, set, invalid }: FieldProps) {
  const { say } = useSpeech();
  const rows = (value as Row[] | null) ?? [];
  const columns = field.columns ?? [];
  const put = (at: number, column: string, next: unknown) =>
    set(rows.map((row, place) => (place === at ? { ...row, [column]: next } : row)));
  return (
    <div id={id} role="group" aria-label={say(field.title)} className="people-rows">
      <RowsTable
        rows={rows}
        columns={columns}
        isAsked={(column) => column.fixed !== true}
        ask={(row, place, column) => (
          <Cell
            column={column}
            label={`${place + 1} ${say(column.title)}`}
            value={row[column.id] ?? null}
            set={(next) => put(place, column.id, next)}
            invalid={invalid && column.required && empty(row[column.id])}
          />
        )}
      />
      <Filler columns={columns} rows={rows} set={set} />
    </div>
  );
}

/** One click answers every row still open by the first choice, the usual one. */
function Filler(props: { columns: readonly Column[]; rows: Row[]; set: (rows: Row[]) => void }) {
  const { t, say } = useSpeech();
  const { columns, rows, set } = props;
  const usual = columns.find((one) => one.kind === "choice" && one.required && !one.fixed);
  const first = usual?.choices?.[0];
  if (!usual || !first) return null;
  const open = rows.filter((row) => empty(row[usual.id])).length;
  if (open < 2) return null;
  const fill = () =>
    set(rows.map((row) => (empty(row[usual.id]) ? { ...row, [usual.id]: first.id } : row)));
  return (
    <button type="button" className="link small rows-fill" onClick={fill}>
      {t("form.rowsFill", { n: open, choice: say(first.title) })}
    </button>
  );
}
