import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Unit } from "@/api/types";

/** One vehicle with its coverage, parts, history and warnings. */
export const unitQuery = (id: string) =>
  queryOptions({
    queryKey: ["unit", id],
    queryFn: ({ signal }) => api.get<Unit>(`/units/${encodeURIComponent(id)}`, { signal }),
  });

export interface Unmasked {
  name: string;
  phone: string | null;
  address?: string | null;
}

/** Shows a customer's name and number in full; the reason goes into the journal. */
export const unmask = (customer: string, reason: string) =>
  api.post<Unmasked>(`/customers/${encodeURIComponent(customer)}/unmask`, { reason });
