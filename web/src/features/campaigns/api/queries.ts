import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { CaseRow, Page, Text } from "@/api/types";

/** A recall or service campaign (召回、服务活动), with the vehicles of my stations. */
export interface Campaign {
  id: string;
  number: string;
  title: string;
  kind: string;
  kind_title: Text;
  hazard: boolean;
  state: { id: string; title: Text; kind: string };
  until: string | null;
  opened_at: string;
  closed_at: string | null;
  listed: number;
  done: number;
  left: number;
  /** Done of all listed, in tenths of a percent. */
  rate_permille: number | null;
}

/** How far an outlet or a model has come. */
export interface Rate {
  id: string;
  title: Text;
  listed: number;
  done: number;
  left: number;
  rate_permille: number;
}

export interface Line {
  id: string;
  title?: string;
  item?: string;
  quantity?: number;
  unit_price?: number;
  amount?: number;
}

export interface CampaignDetail extends Campaign {
  why: string;
  action: string;
  ranges: { what: Text; low: string; high: string }[];
  lines: Line[];
  /** Whether every range was walked once. */
  listed_all: boolean;
  in_scope: boolean;
  by_org: Rate[];
  by_model: Rate[];
}

/** A vehicle of a campaign, by its case. */
export interface CampaignUnit extends CaseRow {
  notice: string | null;
  unreached: Text | null;
  job: { id: string; number: string } | null;
}

/** A rate as people read it: 87.5 %. */
export const percent = (permille: number | null) =>
  permille === null ? "–" : `${(permille / 10).toFixed(1)} %`;

export const campaignsQuery = (open: string) =>
  infiniteQueryOptions({
    initialPageParam: null as string | null,
    queryKey: ["campaigns", open],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Campaign>>(`/campaigns${query({ open, limit: 50, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (last: Page<Campaign>) => last.next,
  });

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ["campaigns", "one", id],
    queryFn: ({ signal }) => api.get<CampaignDetail>(`/campaigns/${id}`, { signal }),
  });

export const unitsQuery = (id: string, filter: { state: string; org: string; model: string }) =>
  infiniteQueryOptions({
    initialPageParam: null as string | null,
    queryKey: ["campaigns", "units", id, filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<CampaignUnit>>(
        `/campaigns/${id}/units${query({ ...filter, limit: 100, cursor: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (last: Page<CampaignUnit>) => last.next,
  });
