import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { ScoreStanding, Scorecard, ScorecardRow } from "@/api/scorecards";
import type { Page } from "@/api/types";

export const scorecardsQuery = queryOptions({
  queryKey: ["scorecards"],
  queryFn: ({ signal }) => api.get<Page<ScorecardRow>>("/scorecards", { signal }),
});

export const scorecardQuery = (id: string, org: string, period: string) =>
  queryOptions({
    queryKey: ["scorecards", id, org, period],
    queryFn: ({ signal }) =>
      api.get<Scorecard>(`/scorecards/${encodeURIComponent(id)}${query({ org, period })}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const standingsQuery = (id: string, period: string) =>
  queryOptions({
    queryKey: ["scorecards", id, "standings", period],
    queryFn: ({ signal }) =>
      api.get<Page<ScoreStanding>>(
        `/scorecards/${encodeURIComponent(id)}/standings${query({ period })}`,
        { signal },
      ),
  });

export interface NewEntry {
  org: string;
  period: string;
  field: string;
  value: boolean | number | null;
  evidence: string;
}

export const enter = (id: string, entry: NewEntry) =>
  api.post<Scorecard>(`/scorecards/${encodeURIComponent(id)}/entries`, entry);
