import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { CaseRow, Page, UnitHit } from "@/api/types";

/** At least two characters are searched, as the server wants. */
export const searchable = (q: string) => q.trim().length >= 2;

export const unitsQuery = (q: string) =>
  queryOptions({
    queryKey: ["units", q],
    queryFn: ({ signal }) => api.get<Page<UnitHit>>(`/units${query({ q, limit: 20 })}`, { signal }),
    enabled: searchable(q),
    placeholderData: keepPreviousData,
  });

/** Cases by number; only what looks like one is asked for. */
export const casesByNumberQuery = (q: string) =>
  queryOptions({
    queryKey: ["cases", "number", q],
    queryFn: ({ signal }) => api.get<Page<CaseRow>>(`/cases${query({ q, limit: 5 })}`, { signal }),
    enabled: searchable(q) && /^[a-z]{2,}\d/i.test(q.trim()),
  });
