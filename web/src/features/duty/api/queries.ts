import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { DutyRoster } from "@/api/types";

export const rosterQuery = (org: string | null, from: string | null) =>
  queryOptions({
    queryKey: ["duty", "roster", org, from],
    queryFn: ({ signal }) =>
      api.get<DutyRoster>(`/duty${query({ org: org ?? undefined, from: from ?? undefined })}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export interface ShiftDraft {
  person: string;
  from: string;
  to: string;
}

export interface DutyChange {
  version: number;
  weekdays?: number[];
  days?: string[];
  shifts: ShiftDraft[];
  as_the_week?: boolean;
}

export const setDuty = (org: string, change: DutyChange) =>
  api.put<DutyRoster>(`/duty/${org}`, change);
