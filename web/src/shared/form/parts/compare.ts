import type { PartChoice, PartRow } from "@/api/types";

/** A row beside what should be there. */
export interface Compared {
  booked: number;
  /** Serials that should be there and are not in the row. */
  missing: string[];
  /** Serials of the row that should not be there. */
  found: string[];
  /** Pieces more (or, below zero, fewer) than should be there. */
  by: number;
  differs: boolean;
}

/** The row against pieces and serials that should be there. */
export function compare(row: PartRow, pieces: number, serials: readonly string[]): Compared {
  const own = row.serials ?? [];
  const missing = serials.filter((serial) => !own.includes(serial));
  const found = row.tracked ? own.filter((serial) => !serials.includes(serial)) : [];
  const by = row.quantity - pieces;
  const differs = by !== 0 || missing.length > 0 || found.length > 0;
  return { booked: pieces, missing, found, by, differs };
}

/** A counted row against the books; by the server's own words where the shelf list is cut short. */
export function withBooks(row: PartRow, choice: PartChoice | undefined): Compared {
  const held = choice?.on_hand ?? 0;
  const whole = choice && (!choice.tracked || choice.serials.length === held);
  if (whole) return compare(row, held, choice.serials);
  const booked = row.booked ?? held;
  const missing = row.missing ?? [];
  const found = row.found ?? [];
  const by = row.quantity - booked;
  return { booked, missing, found, by, differs: by !== 0 || missing.length + found.length > 0 };
}

/** The rows of what should have come and did not. */
export function rest(expected: readonly PartRow[], came: readonly PartRow[]): PartRow[] {
  return expected.flatMap((row): PartRow[] => {
    const here = came.find((each) => each.part === row.part);
    const serials = (row.serials ?? []).filter((serial) => !here?.serials?.includes(serial));
    const quantity = row.tracked ? serials.length : row.quantity - (here?.quantity ?? 0);
    return quantity > 0 ? [{ ...row, quantity, serials }] : [];
  });
}

/** Parts the books hold of which no row says anything. */
export function uncounted(parts: readonly PartChoice[], rows: readonly PartRow[]): PartChoice[] {
  return parts.filter((part) => part.listed && !rows.some((row) => row.part === part.code));
}

/** What is sent of a row; the rest is the server's to say. */
export function told(row: PartRow): Partial<PartRow> {
  const { part, quantity, serials, reason, cause, instead_of } = row;
  return {
    part,
    quantity,
    ...(serials && serials.length > 0 && { serials }),
    ...(reason && { reason }),
    ...(cause && { cause }),
    ...(instead_of && { instead_of }),
  };
}
