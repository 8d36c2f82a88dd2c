import type { DraftColumn, DraftTable } from "@/api/drafts";
import type { Speech } from "@/shared/i18n";
import { columnName } from "../../components/words";
import { shown } from "./words";
import type { SheetRow } from "./model";

/** A column of the sheet with its heading and width. */
export interface SheetColumn extends DraftColumn {
  label: string;
  width: number;
}

const plain = { output: false, title: null, unit: null, choices: [] };

/** The columns of a table, then the clauses and the id of each row. */
export function columnsOf(
  table: DraftTable,
  rows: readonly SheetRow[],
  speech: Speech,
): SheetColumn[] {
  const { t, say } = speech;
  const own = table.columns.map((column) => ({
    ...column,
    choices:
      column.kind === "bool"
        ? [
            { key: "yes", title: { zh: "是", en: "Yes" } },
            { key: "no", title: { zh: "否", en: "No" } },
          ]
        : column.choices,
    label: say(column.title) || columnName(column.name, t),
  }));
  const more = [
    { ...plain, header: "clause", name: "clause", kind: "clause", label: t("rulebook.clause") },
    { ...plain, header: "id", name: "id", kind: "id", label: t("drafts.rowId") },
  ];
  return [...own, ...more].map((column, i) => {
    const cells = rows.slice(0, 200).map((row) => shown(row.values[i] ?? "", column, speech));
    const longest = Math.max(breadth(column.label) + 1, ...cells.map(breadth));
    // Chips of clauses have edges of their own.
    const chips = column.kind === "clause" ? Math.max(...cells.map((c) => c.split("/").length)) : 0;
    const width = Math.ceil(longest * LETTER) + EDGES + chips * 12;
    return { ...column, width: Math.min(Math.max(width, 76), chips > 0 ? 520 : 300) };
  });
}

/** Widths of half a Chinese character and of the edges of a cell, in pixels. */
const LETTER = 7.5;
const EDGES = 26;

/** A cell in the words that have room; of more the number: 车把 / 车圈 +1. */
export function fitted(cell: string, column: SheetColumn, speech: Speech): string {
  const all = shown(cell, column, speech);
  const room = (column.width - EDGES) / LETTER;
  if (breadth(all) <= room || cell.startsWith("not(")) return all;
  const words = cell.split("|").map((part) => shown(part, column, speech));
  if (words.length < 2) return all;
  let some = words.length - 1;
  const said = () => `${words.slice(0, some).join(" / ")} +${words.length - some}`;
  while (some > 1 && breadth(said()) > room) some -= 1;
  return said();
}

/** Half widths of letters: a Chinese character is twice as wide as a Latin one. */
function breadth(text: string): number {
  let sum = 0;
  for (const c of text) sum += (c.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return sum;
}
