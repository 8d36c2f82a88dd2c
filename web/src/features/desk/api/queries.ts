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

/** Rows of cases beside the vehicles. */
const MOST = 5;

/** Cases by number; and those without a vehicle by whose they are or the frame number typed. */
export const casesFoundQuery = (q: string) =>
  queryOptions({
    queryKey: ["cases", "found", q],
    queryFn: ({ signal }) => api.get<Page<CaseRow>>(`/cases${query({ q, limit: 20 })}`, { signal }),
    enabled: searchable(q),
    placeholderData: keepPreviousData,
    select: ({ items }) => {
      const number = /^[a-z]{2,}\d/i.test(q.trim());
      return items.filter((row) => number || !row.unit).slice(0, MOST);
    },
  });
