import type { PriceHistoryRow } from "@/api/types";

/** How a price stands on a day. */
export type Standing = "current" | "future" | "past" | "replaced";

/** How each row stands today. Rows come latest first, of one day the later entered above. */
export function standings(rows: readonly PriceHistoryRow[], today: string): Standing[] {
  const days = new Set<string>();
  const begun = new Set<string>();
  return rows.map((row) => {
    const level = `${row.class}/${row.stars ?? ""}`;
    const day = `${level}/${row.effective_from}`;
    if (days.has(day)) return "replaced";
    days.add(day);
    if (row.effective_from > today) return "future";
    if (begun.has(level)) return "past";
    begun.add(level);
    return "current";
  });
}
