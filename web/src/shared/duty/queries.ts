import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { DutyPost } from "@/api/types";

export interface AskedPost {
  /** For the unit that takes online enquiries, rather than for mine. */
  desk?: boolean;
  /** A time that is about to be promised; now when absent. */
  at?: string;
}

/** Who is on duty, now or at a time; read again before a shift's end could go unnoticed. */
export const dutyNowQuery = ({ desk, at }: AskedPost) =>
  queryOptions({
    queryKey: ["duty", "now", desk ?? false, at ?? null],
    queryFn: ({ signal }) =>
      api.get<DutyPost>(`/duty/now${query({ ...(desk && { desk: "true" }), at })}`, { signal }),
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
    placeholderData: keepPreviousData,
  });
