import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { address, api, query } from "@/api/client";
import type { CountedCases, Figures, MeasurePage } from "@/api/figures";
import type { Range } from "../range";

/** Place and period, as the server is asked for them. */
export interface Asked extends Range {
  org: string;
  grain: string;
}

const sent = ({ org, from, to, grain }: Asked) => ({
  org: org || null,
  from,
  to,
  grain: grain || null,
});

export const figuresQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ["figures", asked],
    queryFn: ({ signal }) => api.get<Figures>(`/figures${query(sent(asked))}`, { signal }),
    placeholderData: keepPreviousData,
  });

export const measureQuery = (id: string, by: string, asked: Asked) =>
  queryOptions({
    queryKey: ["measures", id, by, asked],
    queryFn: ({ signal }) =>
      api.get<MeasurePage>(
        `/measures/${encodeURIComponent(id)}${query({ ...sent(asked), by: by || null })}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

export const countedQuery = (id: string, only: string, asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ["measures", id, "cases", only, asked],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }) =>
      api.get<CountedCases>(
        `/measures/${encodeURIComponent(id)}/cases${query({
          ...sent(asked),
          only: only || null,
          cursor: pageParam,
        })}`,
        { signal },
      ),
    getNextPageParam: (last: CountedCases) => last.next,
  });

export const figuresBook = (asked: Asked) => address(`/figures.xlsx${query(sent(asked))}`);
export const countedBook = (id: string, only: string, asked: Asked) => {
  const rest = query({ ...sent(asked), only: only || null });
  return address(`/measures/${encodeURIComponent(id)}/cases.xlsx${rest}`);
};
