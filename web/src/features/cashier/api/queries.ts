import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Case, CashierDesk, DueBill } from "@/api/types";

/** What is to be collected here, and what I took since my last count. */
export const deskQuery = queryOptions({
  queryKey: ["cashier"],
  queryFn: ({ signal }) => api.get<CashierDesk>("/cashier", { signal }),
});

/** Takes money on a bill: each means in fen. */
export const collect = (bill: DueBill, form: Record<string, number>, key: string) =>
  api.post<Case>(
    `/cases/${bill.id}/actions/collect`,
    { form },
    { ifMatch: `"v${bill.version}"`, key },
  );
