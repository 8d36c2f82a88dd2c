import { type SheetRow, idOf } from "./model";

/** A cell two people changed to different things, or a row one took away and one changed. */
export interface Clash {
  row: string;
  column: number | null;
  mine: string;
  theirs: string;
}

const byId = (rows: readonly SheetRow[]) => new Map(rows.map((row) => [idOf(row), row]));
const same = (a: SheetRow | undefined, b: SheetRow | undefined) =>
  a !== undefined && b !== undefined && a.values.every((value, i) => value === b.values[i]);

/**
 * My rows and theirs over the rows both began with. What only one side changed is taken; where
 * both changed the same cell, mine stays and the clash is told.
 */
export function merge(
  base: readonly SheetRow[],
  mine: readonly SheetRow[],
  theirs: readonly SheetRow[],
): { rows: SheetRow[]; clashes: Clash[] } {
  const [was, own, other] = [byId(base), byId(mine), byId(theirs)];
  const clashes: Clash[] = [];
  const rows: SheetRow[] = [];
  for (const row of mine) {
    const id = idOf(row);
    const [before, there] = [was.get(id), other.get(id)];
    if (!there) {
      if (!before) rows.push(row);
      else if (!same(row, before)) {
        clashes.push({ row: id, column: null, mine: row.values.join(", "), theirs: "" });
        rows.push(row);
      }
      continue;
    }
    const values = row.values.map((value, i) => {
      const [b, o] = [before?.values[i], there.values[i] ?? value];
      if (value === o || o === b) return value;
      if (value === b) return o;
      clashes.push({ row: id, column: i, mine: value, theirs: o });
      return value;
    });
    rows.push({ ...row, values });
  }
  theirs.forEach((row, i) => {
    const id = idOf(row);
    if (own.has(id)) return;
    const before = was.get(id);
    if (before && same(row, before)) return;
    if (before) clashes.push({ row: id, column: null, mine: "", theirs: row.values.join(", ") });
    // Behind the nearest row above it that is still there.
    const above = theirs.slice(0, i).reverse();
    const places = above.map((each) => rows.findIndex((known) => idOf(known) === idOf(each)));
    rows.splice((places.find((at) => at >= 0) ?? -1) + 1, 0, row);
  });
  return { rows: moved(base, mine, theirs) ? ordered(rows, theirs) : rows, clashes };
}

/** Whether only they changed the order of the rows. */
function moved(
  base: readonly SheetRow[],
  mine: readonly SheetRow[],
  theirs: readonly SheetRow[],
): boolean {
  const kept = (rows: readonly SheetRow[]) => {
    const shared = [base, mine, theirs].map((each) => new Set(each.map(idOf)));
    return rows
      .map(idOf)
      .filter((id) => shared.every((ids) => ids.has(id)))
      .join("\n");
  };
  return kept(base) === kept(mine) && kept(base) !== kept(theirs);
}

function ordered(rows: readonly SheetRow[], like: readonly SheetRow[]): SheetRow[] {
  const place = new Map(like.map((row, i) => [idOf(row), i]));
  let last = -1;
  const ranks = rows.map((row) => (last = place.get(idOf(row)) ?? last + 0.5));
  return rows
    .map((row, i) => ({ row, rank: ranks[i] ?? 0, i }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ row }) => row);
}
