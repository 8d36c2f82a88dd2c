import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type {
  Case,
  CaseRow,
  LateEntry,
  Page,
  Posted,
  Preview,
  TimelineEntry,
  Told,
} from "@/api/types";

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ["case", id],
    queryFn: ({ signal }) => api.get<Case>(`/cases/${encodeURIComponent(id)}`, { signal }),
  });

/** What a case posted; read again with each version of it. */
export const postingsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["case", id, "postings", version],
    queryFn: ({ signal }) =>
      api.get<Page<Posted>>(`/cases/${encodeURIComponent(id)}/postings`, { signal }),
    placeholderData: keepPreviousData,
  });

/** What the customers of a case were told. */
export const toldQuery = (id: string) =>
  queryOptions({
    queryKey: ["case", id, "told"],
    queryFn: ({ signal }) =>
      api.get<Page<Told>>(`/cases/${encodeURIComponent(id)}/told`, { signal }),
  });

export interface CaseFilter {
  area: string;
  q: string;
  process: string;
  state: string;
  open: boolean;
  /** Those I am to see to. */
  mine: boolean;
  station: string;
}

/** A filter as the server is asked. */
export const casesAsked = (filter: CaseFilter, me: string | null) => ({
  area: filter.area,
  q: filter.q,
  process: filter.process,
  state: filter.state,
  open: filter.open || null,
  assignee: filter.mine ? me : null,
  station: filter.station,
});

/** Cases page by page. */
export const casesQuery = (filter: CaseFilter, me: string | null) =>
  infiniteQueryOptions({
    queryKey: ["cases", filter, filter.mine && me],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<CaseRow>>(
        `/cases${query({
          ...casesAsked(filter, me),
          cursor: pageParam,
          limit: 50,
        })}`,
        { signal },
      ),
    enabled: !filter.mine || me !== null,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export interface Submit {
  form: Record<string, unknown>;
  reason?: string;
  late?: LateEntry;
}

export const act = (one: Case, action: string, body: Submit, key: string) =>
  api.post<Case>(`/cases/${one.id}/actions/${action}`, body, {
    ifMatch: `"v${one.version}"`,
    key,
  });

/** Hands one to-do on to a named colleague (转办). */
export const handOn = (one: Case, action: string, body: { to: string; reason: string }) =>
  api.post<Case>(`/cases/${one.id}/actions/${action}/handover`, body, {
    ifMatch: `"v${one.version}"`,
  });

/** Takes it back, or gives it back. */
export const takeBack = (one: Case, action: string) =>
  api.delete<Case>(`/cases/${one.id}/actions/${action}/handover`, {
    ifMatch: `"v${one.version}"`,
  });

export const previewAct = (
  id: string,
  action: string,
  form: Record<string, unknown>,
  signal: AbortSignal,
) => api.post<Preview>(`/cases/${id}/actions/${action}/preview`, { form }, { signal });

export interface Opening {
  process: string;
  subject: { unit?: string; customer?: string };
}

export const openCase = (opening: Opening, body: Submit, key: string) =>
  api.post<Case>("/cases", { ...opening, ...body }, { key });

export const previewOpen = (
  opening: Opening,
  form: Record<string, unknown>,
  signal: AbortSignal,
) => api.post<Preview>("/cases/preview", { ...opening, form }, { signal });

export const addNote = (id: string, text: string) =>
  api.post<TimelineEntry>(`/cases/${id}/notes`, { text });
