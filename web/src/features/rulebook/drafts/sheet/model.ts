import type { DraftTable } from "@/api/drafts";

/** A row of the sheet: its cells, then its clauses and its id, all as the file writes them. */
export interface SheetRow {
  /** Stays the same while the row is edited, also when its id is. */
  key: string;
  /** The pack that wrote it. */
  from: string;
  values: readonly string[];
}

export interface Spot {
  row: number;
  column: number;
}

/** A rectangle of cells, both corners within. */
export interface Box {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export const boxOf = (a: Spot, b: Spot): Box => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
});

export const within = (box: Box, row: number, column: number): boolean =>
  row >= box.top && row <= box.bottom && column >= box.left && column <= box.right;

let made = 0;
const freshKey = () => `r${++made}`;

/** The rows of a table as the server has them. */
export function rowsOf(table: DraftTable): SheetRow[] {
  return table.rows.map((row) => ({
    key: freshKey(),
    from: row.from,
    values: [...row.cells, row.clause.join("|"), row.id],
  }));
}

export const idOf = (row: SheetRow): string => row.values[row.values.length - 1] ?? "";

/** The table to send. */
export function wishOf(rows: readonly SheetRow[]) {
  return {
    rows: rows.map((row) => {
      const cells = row.values.slice(0, -2);
      const clause = row.values[row.values.length - 2] ?? "";
      const clauses = clause.split("|").map((one) => one.trim());
      return { id: idOf(row), clause: clauses.filter((one) => one !== ""), cells };
    }),
  };
}

/** An id no other row has. */
export function freeId(rows: readonly SheetRow[], like: string): string {
  const taken = new Set(rows.map(idOf));
  const stem = like.replace(/-\d+$/, "") || "row";
  for (let number = 2; ; number += 1) {
    const id = `${stem}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** Cells put from a corner on; rows are added where the block reaches below the last. */
export function put(
  rows: readonly SheetRow[],
  at: readonly number[],
  corner: Spot,
  block: readonly (readonly string[])[],
): SheetRow[] {
  const next = [...rows];
  const width = rows[0]?.values.length ?? 0;
  block.forEach((line, down) => {
    let place = at[corner.row + down];
    if (place === undefined) {
      if (width === 0) return;
      const values = Array<string>(width).fill("");
      values[width - 1] = freeId(next, "row");
      next.push({ key: freshKey(), from: "", values });
      place = next.length - 1;
    }
    const row = next[place];
    if (!row) return;
    const values = [...row.values];
    line.forEach((cell, right) => {
      const column = corner.column + right;
      if (column < values.length) values[column] = cell;
    });
    if (values.some((value, i) => value !== row.values[i])) next[place] = { ...row, values };
  });
  return next;
}

/** A row behind a place: empty, or as another one with an id of its own. */
export function insert(
  rows: readonly SheetRow[],
  behind: number,
  width: number,
  like?: SheetRow,
): SheetRow[] {
  const values = like ? [...like.values] : Array<string>(width).fill("");
  values[width - 1] = freeId(rows, like ? idOf(like) : "row");
  const row = { key: freshKey(), from: "", values };
  return [...rows.slice(0, behind + 1), row, ...rows.slice(behind + 1)];
}

export function remove(rows: readonly SheetRow[], gone: ReadonlySet<string>): SheetRow[] {
  return rows.filter((row) => !gone.has(row.key));
}

/** The row one place up or down; at the ends it stays. */
export function move(rows: readonly SheetRow[], from: number, step: -1 | 1): SheetRow[] {
  const to = from + step;
  const [row, other] = [rows[from], rows[to]];
  if (!row || !other) return [...rows];
  const next = [...rows];
  [next[from], next[to]] = [other, row];
  return next;
}

/** Excel's clipboard: cells by tabs, lines by line ends, quotes around what holds either. */
export function fromTsv(text: string): string[][] {
  const lines: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < body.length; i += 1) {
    const c = body[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (body[i + 1] === '"') cell += body[(i += 1)];
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t" || c === "\n") {
      lines[lines.length - 1]?.push(cell);
      cell = "";
      if (c === "\n") lines.push([]);
    } else cell += c;
  }
  lines[lines.length - 1]?.push(cell);
  return lines;
}

export function toTsv(block: readonly (readonly string[])[]): string {
  const cell = (text: string) =>
    /["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return block.map((line) => line.map(cell).join("\t")).join("\n");
}
