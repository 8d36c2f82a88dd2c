import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { OrgMode, OrgRow, Page, ScheduleRow, ScheduleRun, ScheduleRunDone } from "@/api/types";

export const schedulesQuery = queryOptions({
  queryKey: ["schedules"],
  queryFn: ({ signal }) => api.get<Page<ScheduleRow>>("/schedules", { signal }),
});

export const runsQuery = (id: string) =>
  queryOptions({
    queryKey: ["schedules", id],
    queryFn: ({ signal }) => api.get<Page<ScheduleRun>>(`/schedules/${id}/runs`, { signal }),
  });

export const runSchedule = (id: string, period: string) =>
  api.post<ScheduleRunDone>(`/schedules/${id}/runs`, { period });

export const orgsQuery = queryOptions({
  queryKey: ["orgs"],
  queryFn: ({ signal }) => api.get<Page<OrgRow>>("/orgs", { signal }),
});

export const setMode = (id: string, mode: OrgMode | null, reason: string) =>
  api.put<OrgRow>(`/orgs/${id}/mode`, { mode, reason });
