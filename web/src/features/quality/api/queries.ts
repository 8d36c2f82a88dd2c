import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { Page, Text } from "@/api/types";

export type What = "model" | "component";

/** A production batch beside the others. */
export interface Batch {
  batch: string;
  units: number;
  observed: number;
  /** What the others let expect; none where no other was in use so long. */
  expected: number | null;
  limit: number | null;
  warned: boolean;
  low: string | null;
  high: string | null;
  /** Whether one range of numbers holds them all. */
  one_range: boolean;
}

export interface Batches {
  what: What | null;
  key: string | null;
  title: Text | null;
  choices: { what: What; key: string; title: Text; faults: number }[];
  rows: Batch[];
  earlier: number;
  limits: { months: number; chance_pct: number; least: number; characters: number };
}

/** A repair behind a batch. */
export interface BatchFault {
  case: string;
  number: string;
  component: Text;
  fault: Text;
  day: string;
  unit: string;
  frame_no: string | null;
  org: string;
}

export interface Outlets {
  rows: {
    region: string | null;
    outlets: number;
    vehicles: number;
    users: number;
    missing: boolean;
  }[];
  regions: number;
  covered: number;
}

export const batchesQuery = (what: string, key: string) =>
  queryOptions({
    queryKey: ["quality", "batches", what, key],
    queryFn: ({ signal }) =>
      api.get<Batches>(`/quality/batches${query({ what: what || null, key: key || null })}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const faultsQuery = (what: What, key: string, batch: string) =>
  queryOptions({
    queryKey: ["quality", "faults", what, key, batch],
    queryFn: ({ signal }) =>
      api.get<Page<BatchFault>>(`/quality/batches/faults${query({ what, key, batch })}`, {
        signal,
      }),
  });

export const outletsQuery = queryOptions({
  queryKey: ["quality", "outlets"],
  queryFn: ({ signal }) => api.get<Outlets>("/quality/outlets", { signal }),
});
