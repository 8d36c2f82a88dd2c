import type { ReactNode } from "react";
import type { Key } from "@/shared/i18n";

/** One column of a list. */
export interface ListColumn<R> {
  id: string;
  name: Key;
  cell: (row: R) => ReactNode;
  /** The same on the card of a phone, where the whole card is a link. */
  card?: (row: R) => ReactNode;
  /** What of a row it is in a workbook: where the value stands, and its head. */
  out?: readonly (readonly [key: string, name: Key])[];
  /** Figures stand to the right. */
  num?: boolean;
  nowrap?: boolean;
  /** It names the row and cannot be put away. */
  fixed?: boolean;
  /** Not there in the beginning. */
  extra?: boolean;
  /** Whether a row says something in it; a column that says nothing takes no room. */
  says?: (row: R) => boolean;
}

/** The columns to show: as chosen, or those the list begins with that say something. */
export function shownColumns<R>(
  columns: readonly ListColumn<R>[],
  chosen: readonly string[] | null,
  rows: readonly R[],
): ListColumn<R>[] {
  return columns.filter((column) => {
    if (column.fixed) return true;
    if (chosen) return chosen.includes(column.id);
    return !column.extra && (!column.says || rows.some(column.says));
  });
}

/** The choice after a column was ticked or unticked; null when it is what the list begins with. */
export function ticked<R>(
  columns: readonly ListColumn<R>[],
  chosen: readonly string[] | null,
  id: string,
): string[] | null {
  const begin = columns.filter((column) => !column.extra).map((column) => column.id);
  const before = new Set(chosen ?? begin);
  if (!before.delete(id)) before.add(id);
  const next = columns.filter((column) => before.has(column.id)).map((column) => column.id);
  return next.join() === begin.join() ? null : next;
}
