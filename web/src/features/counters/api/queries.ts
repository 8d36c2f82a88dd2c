import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { CounterRow, Page } from "@/api/types";

/** The shared counters of the stations in my reach. */
export const countersQuery = queryOptions({
  queryKey: ["counters"],
  queryFn: ({ signal }) => api.get<Page<CounterRow>>("/counters", { signal }),
});

export interface NewCounter {
  name: string;
  idle_seconds: number;
  per_act: boolean;
}

/** Makes this browser a counter; the session ends, and it begins locked. */
export const openCounter = (counter: NewCounter) => api.post<{ id: string }>("/counters", counter);

export const endCounter = (id: string) => api.delete<void>(`/counters/${id}`);
