import { queryOptions } from "@tanstack/react-query";
import { address, api, query } from "@/api/client";
import type { DraftReplay, ReplayChange, ReplayPair } from "@/api/replay";
import type { Page } from "@/api/types";

/** How often a run is asked how far it is. */
const EVERY_MS = 700;

const at = (draft: string, rest = "") =>
  `/rulebook/drafts/${encodeURIComponent(draft)}/replay${rest}`;

export interface Order {
  against: "decided" | "base";
  since: string | null;
  until: string | null;
}

/** Which of the changes; empty for all. */
export interface Wanted {
  turn: string;
  part: string;
  model: string;
  station: string;
  month: string;
}

export const wantedKeys = ["turn", "part", "model", "station", "month"] as const;

/** Asked anew with each version of the draft, and again and again while it runs. */
export const replayQuery = (draft: string, version: number) =>
  queryOptions({
    queryKey: ["draft", draft, "replay", version],
    queryFn: ({ signal }) => api.get<DraftReplay>(at(draft), { signal }),
    refetchInterval: (of) => (of.state.data?.state === "running" ? EVERY_MS : false),
  });

export const start = (draft: string, order: Order) => api.post<DraftReplay>(at(draft), order);

export const cancel = (draft: string) => api.delete<DraftReplay>(at(draft));

export const changesOf = (draft: string, wanted: Wanted, cursor: string | null) =>
  api.get<Page<ReplayChange>>(at(draft, `/changes${query({ ...wanted, cursor })}`));

export const bookOf = (draft: string, wanted: Wanted) =>
  address(at(draft, `/changes.xlsx${query({ ...wanted })}`));

export const pairQuery = (draft: string, version: number, verdict: string) =>
  queryOptions({
    queryKey: ["draft", draft, "replay", version, "pair", verdict],
    queryFn: ({ signal }) => api.get<ReplayPair>(at(draft, `/changes/${verdict}`), { signal }),
    retry: false,
  });
