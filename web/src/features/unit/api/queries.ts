import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { Page, UnitHit } from "@/api/types";

export interface RegisterFilter {
  q: string;
  model: string;
  org: string;
  from: string;
  to: string;
}

/** The register of vehicles (车辆台账), or those found, page by page. */
export const registerQuery = (filter: RegisterFilter) =>
  infiniteQueryOptions({
    initialPageParam: null as string | null,
    queryKey: ["units", "register", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<UnitHit>>(`/units${query({ ...filter, limit: 100, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (last: Page<UnitHit>) => last.next,
  });
