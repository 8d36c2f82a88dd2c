import type { DraftFinding } from "@/api/drafts";

/** Findings of one table by row and column. */
export interface Marks {
  /** Those of a cell, or of its whole row where no cell is named. */
  at: (row: string, column: string | null) => readonly DraftFinding[];
  /** All of the table, in the order of the server: errors first. */
  all: readonly DraftFinding[];
}

/** What was found in a table, ready to be asked for each cell. */
export function marksOf(
  findings: readonly DraftFinding[],
  pack: string,
  table: string,
): Marks {
  const names = [`${pack}/tables/${table}.csv`, `${pack}/tables/${table}.toml`];
  const all = findings.filter(
    (each) =>
      (each.cell?.table === table && each.cell.pack === pack) || names.includes(each.file),
  );
  const by = new Map<string, DraftFinding[]>();
  for (const each of all) {
    if (!each.cell?.row) continue;
    const key = `${each.cell.row}\n${each.cell.column ?? ""}`;
    const known = by.get(key);
    if (known) known.push(each);
    else by.set(key, [each]);
  }
  return { all, at: (row, column) => by.get(`${row}\n${column ?? ""}`) ?? [] };
}

export const worst = (findings: readonly DraftFinding[]): "error" | "note" | "" =>
  findings.some((each) => each.level === "error") ? "error" : findings.length > 0 ? "note" : "";
