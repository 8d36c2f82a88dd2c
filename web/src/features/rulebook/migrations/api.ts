import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { MigratedCase, MigrationReport, PinnedCases } from "@/api/migrations";
import type { Page } from "@/api/types";

export const pinnedQuery = queryOptions({
  queryKey: ["rulebook", "migrations"],
  queryFn: ({ signal }) => api.get<Page<PinnedCases>>("/rulebook/migrations", { signal }),
});

/** Which open cases go where, under which name. */
export interface Order {
  name: string;
  reason: string;
  to: string;
  from: string;
  process: string | null;
}

export interface Fates {
  dry: boolean;
  order: Order;
  cases: MigratedCase[];
}

/**
 * What becomes of the cases, call by call until all were looked at; `seen` hears how many there are
 * so far. Each case that moves is a command of its own, so that an end in between leaves no half.
 */
export async function migrate(
  order: Order,
  dry: boolean,
  seen: (cases: number) => void,
): Promise<Fates> {
  const cases: MigratedCase[] = [];
  let cursor: string | null = null;
  do {
    const body = { ...order, dry_run: dry, cursor };
    const report: MigrationReport = await api.post<MigrationReport>("/rulebook/migrations", body);
    cases.push(...report.cases);
    cursor = report.next;
    seen(cases.length);
  } while (cursor);
  return { dry, order, cases };
}
