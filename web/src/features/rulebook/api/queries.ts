import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type {
  Clause,
  Page,
  ProcessPage,
  RulebookChange,
  RulebookClause,
  RulebookRelease,
  RulebookSummary,
  RulebookTable,
  Text,
  Verdict,
  VerdictFacts,
} from "@/api/types";

const staleTime = 10 * 60_000;

export const rulebookQuery = queryOptions({
  queryKey: ["rulebook"],
  queryFn: ({ signal }) => api.get<RulebookSummary>("/rulebook", { signal }),
  staleTime,
});

export const clausesQuery = queryOptions({
  queryKey: ["rulebook", "clauses"],
  queryFn: ({ signal }) => api.get<Page<RulebookClause>>("/rulebook/clauses", { signal }),
  staleTime,
});

export const tablesQuery = queryOptions({
  queryKey: ["rulebook", "tables"],
  queryFn: ({ signal }) => api.get<Page<RulebookTable>>("/rulebook/tables", { signal }),
  staleTime,
});

/** What the consumer may claim of a part. */
export interface Right {
  component: Text;
  periods: { span: Text; faults: Text[]; clauses: Clause[] }[];
  standards: {
    faults: Text[];
    conditions: Text[];
    covered: boolean;
    remedy: Text;
    clauses: Clause[];
  }[];
  excluded: Clause[];
}

export const rightsQuery = queryOptions({
  queryKey: ["rulebook", "rights"],
  queryFn: ({ signal }) => api.get<Page<Right>>("/rulebook/rights", { signal }),
  staleTime,
});

export const releasesQuery = queryOptions({
  queryKey: ["rulebook", "releases"],
  queryFn: ({ signal }) => api.get<Page<RulebookRelease>>("/rulebook/releases", { signal }),
});

export const changesQuery = (to: string, from: string) =>
  queryOptions({
    queryKey: ["rulebook", "changes", to, from],
    queryFn: ({ signal }) =>
      api.get<Page<RulebookChange>>(`/rulebook/changes?to=${to}&from=${from}`, { signal }),
    staleTime,
  });

export const processQuery = (id: string) =>
  queryOptions({
    queryKey: ["rulebook", "process", id],
    queryFn: ({ signal }) => api.get<ProcessPage>(`/rulebook/processes/${id}`, { signal }),
    staleTime,
  });

export const judge = (facts: VerdictFacts, signal: AbortSignal) =>
  api.post<Verdict>("/verdicts", facts, { signal });
