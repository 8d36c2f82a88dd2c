import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { BlankBlock, BlankRegister, Page, Papers } from "@/api/types";

/** Papers and the forms printed on them. */
export const papersQuery = queryOptions({
  queryKey: ["papers"],
  queryFn: ({ signal }) => api.get<Papers>("/papers", { signal }),
});

/** Blocks of blank forms, the newest first. */
export const blanksQuery = infiniteQueryOptions({
  queryKey: ["blanks"],
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<BlankBlock>>(`/blanks${query({ cursor: pageParam })}`, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});

/** One block with each of its numbers. */
export const blankQuery = (id: string) =>
  queryOptions({
    queryKey: ["blank", id],
    queryFn: ({ signal }) => api.get<BlankRegister>(`/blanks/${id}`, { signal }),
  });

export const reserve = (form: string, count: number) =>
  api.post<BlankBlock>("/blanks", { form, count });

export type Mark = "spoilt" | "missing" | "printed";

export const mark = (id: string, number: string, state: Mark, reason: string) =>
  api.post<BlankRegister>(`/blanks/${id}/numbers/${encodeURIComponent(number)}`, {
    state,
    reason,
  });
