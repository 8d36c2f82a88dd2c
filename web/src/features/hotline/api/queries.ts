import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type {
  Case,
  CaseRow,
  Clause,
  CustomerMasked,
  Page,
  Preview,
  Text,
  UnitHit,
} from "@/api/types";

/** A case as the hotline shows it: with what was promised, and what a call was about. */
export interface CallerCase extends CaseRow {
  promised_at: string | null;
  matter: string | null;
}

/** Somebody who may be calling, masked. */
export interface Caller extends CustomerMasked {
  id: string;
  vehicles: UnitHit[];
  open: CallerCase[];
  calls: CallerCase[];
}

export interface ScriptStep {
  id: string;
  title: Text;
  say: Text;
  field: string | null;
  clauses: Clause[];
}

/** A script of the rulebook (规范用语), and the process that takes the call down. */
export interface Script {
  id: string;
  title: Text;
  process: string;
  clauses: Clause[];
  steps: ScriptStep[];
}

/** At least two characters are searched, as the server wants. */
export const searchable = (q: string) => q.trim().length >= 2;

export const callersQuery = (q: string) =>
  queryOptions({
    queryKey: ["cases", "callers", q],
    queryFn: ({ signal }) => api.get<Page<Caller>>(`/hotline/callers${query({ q })}`, { signal }),
    enabled: searchable(q),
    placeholderData: keepPreviousData,
  });

/** The greeting changes with the time of day. */
export const scriptQuery = queryOptions({
  queryKey: ["hotline", "script"],
  queryFn: ({ signal }) => api.get<Page<Script>>("/hotline/script", { signal }),
  staleTime: 10 * 60_000,
  refetchInterval: 15 * 60_000,
});

/** Calls to be returned, what is due first at the top; read again when a case changes. */
export const backQuery = queryOptions({
  queryKey: ["cases", "hotline-back"],
  queryFn: ({ signal }) => api.get<Page<CallerCase>>("/hotline/back", { signal }),
});

export interface Opening {
  process: string;
  subject: { unit?: string; customer?: string };
}

type Form = Record<string, unknown>;

export const takeDown = (opening: Opening, form: Form, key: string) =>
  api.post<Case>("/cases", { ...opening, form }, { key });

export const previewCall = (opening: Opening, form: Form, signal: AbortSignal) =>
  api.post<Preview>("/cases/preview", { ...opening, form }, { signal });
