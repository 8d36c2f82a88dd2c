import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { Findings } from "../review/Findings";
import type { SheetColumn } from "./columns";
import { type Marks, worst } from "./marks";
import { idOf, insert, move, put, remove, type SheetRow } from "./model";
import type { SheetState } from "./useSheet";
import { read, shown } from "./words";

interface Props {
  sheet: SheetState;
  columns: readonly SheetColumn[];
  view: readonly number[];
  marks: Marks;
  editable: boolean;
}

/** Cards of a phone: more only when asked for. */
const SHOWN = 40;

/** The rows of a table as cards; one at a time opens to be edited. */
export function Cards({ sheet, columns, view, marks, editable }: Props) {
  const { t } = useSpeech();
  const [open, setOpen] = useState<string | null>(null);
  const [most, setMost] = useState(SHOWN);
  const { rows } = sheet;
  const add = () => {
    const next = insert(rows, rows.length - 1, columns.length);
    sheet.change(next);
    setMost(next.length);
    setOpen(next.at(-1)?.key ?? null);
  };
  return (
    <div className="stack">
      {view.slice(0, most).map((at) => {
        const row = rows[at];
        if (!row) return null;
        return (
          <Card
            key={row.key}
            row={row}
            at={at}
            sheet={sheet}
            columns={columns}
            marks={marks}
            editable={editable}
            open={open === row.key}
            toggle={() => setOpen(open === row.key ? null : row.key)}
          />
        );
      })}
      {view.length > most && (
        <Button onClick={() => setMost(most + SHOWN)}>{t("words.loadMore")}</Button>
      )}
      {editable && <Button onClick={add}>{t("drafts.rowAdd")}</Button>}
    </div>
  );
}

interface One extends Omit<Props, "view"> {
  row: SheetRow;
  at: number;
  open: boolean;
  toggle: () => void;
}

function Card({ row, at, sheet, columns, marks, editable, open, toggle }: One) {
  const speech = useSpeech();
  const { t } = speech;
  const { rows } = sheet;
  const all = marks.all.filter((each) => each.cell?.row === idOf(row));
  const said = columns
    .map((column, i) => ({ column, text: shown(row.values[i] ?? "", column, speech) }))
    .filter(({ column, text }) => text !== "" && column.kind !== "id");
  const set = (column: number, value: string) =>
    sheet.change(put(rows, [at], { row: 0, column }, [[value]]));
  return (
    <section className={`sheet-card ${worst(all)}`}>
      <button type="button" className="sheet-card-head" aria-expanded={open} onClick={toggle}>
        <b>{idOf(row)}</b>
        {!open && (
          <span className="dots small">
            {said.map(({ column, text }) => (
              <span key={column.header}>
                {column.label} {text}
              </span>
            ))}
          </span>
        )}
      </button>
      <Findings findings={all} />
      {open && (
        <div className="stack">
          {columns.map((column, i) => (
            <label key={column.header} className="sheet-card-field">
              <span className={column.output ? "out" : "muted"}>{column.label}</span>
              <Cell
                column={column}
                value={row.values[i] ?? ""}
                set={(value) => set(i, value)}
                off={!editable}
              />
            </label>
          ))}
          {editable && (
            <div className="row">
              <Button onClick={() => sheet.change(move(rows, at, -1))}>{t("drafts.rowUp")}</Button>
              <Button onClick={() => sheet.change(move(rows, at, 1))}>{t("drafts.rowDown")}</Button>
              <Button onClick={() => sheet.change(insert(rows, at, columns.length, row))}>
                {t("drafts.rowTwice")}
              </Button>
              <Button danger onClick={() => sheet.change(remove(rows, new Set([row.key])))}>
                {t("drafts.rowDrop")}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

interface CellProps {
  column: SheetColumn;
  value: string;
  set: (value: string) => void;
  off: boolean;
}

/** One cell under a thumb: a list to choose from, or a line to type. */
function Cell({ column, value, set, off }: CellProps) {
  const speech = useSpeech();
  const [typed, setTyped] = useState<string | null>(null);
  const keys = value === "" ? [] : value.split("|");
  const known = keys.every((key) => column.choices.some((choice) => choice.key === key));
  if (column.choices.length > 0 && known) {
    const options = column.choices.map((one) => ({ value: one.key, label: speech.say(one.title) }));
    const shared = {
      "aria-label": column.label,
      disabled: off,
      options,
      allowClear: true,
      showSearch: { optionFilterProp: "label" },
      style: { width: "100%" },
    };
    return column.output ? (
      <Select {...shared} value={value || null} onChange={(key: string | null) => set(key ?? "")} />
    ) : (
      <Select
        {...shared}
        mode="multiple"
        value={keys}
        onChange={(next: string[]) => set(next.join("|"))}
      />
    );
  }
  const commit = () => {
    if (typed !== null) set(read(typed, column));
    setTyped(null);
  };
  return (
    <Input
      aria-label={column.label}
      disabled={off}
      value={typed ?? (column.choices.length > 0 ? shown(value, column, speech) : value)}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onPressEnter={commit}
    />
  );
}
