import { queryOptions } from "@tanstack/react-query";
import { api, query } from "../client";
import type { Catalog, Offer, Page, ProcessInfo } from "../types";

// Reads that several features share stand here, one `queryOptions` each.

/** My to-dos, as the server orders them: late first. */
export const offersQuery = queryOptions({
  queryKey: ["offers"],
  queryFn: ({ signal }) => api.get<Page<Offer>>(`/offers${query({ limit: 100 })}`, { signal }),
  refetchInterval: 60_000,
});

/** The processes I may see, and those I may open with their start forms. */
export const processesQuery = queryOptions({
  queryKey: ["processes"],
  queryFn: ({ signal }) => api.get<Page<ProcessInfo>>("/processes", { signal }),
  staleTime: 5 * 60_000,
});

/** Components, faults, causes, models and prices of the release in force. */
export const catalogQuery = queryOptions({
  queryKey: ["catalog"],
  queryFn: ({ signal }) => api.get<Catalog>("/catalog", { signal }),
  staleTime: 30 * 60_000,
});
