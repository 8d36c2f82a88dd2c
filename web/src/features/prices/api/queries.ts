import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { address, api, query } from "@/api/client";
import type { BuyerClass, Page, Part, Price, PriceHistory } from "@/api/types";

export interface PriceFilter {
  q: string;
  kind: string;
  model: string;
  stars: string;
}

export interface PartFilter {
  q: string;
  class: string;
  model: string;
}

const page = { initialPageParam: null as string | null };

export const pricesQuery = (filter: PriceFilter) =>
  infiniteQueryOptions({
    ...page,
    queryKey: ["prices", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Price>>(`/prices${query({ ...filter, cursor: pageParam })}`, { signal }),
    getNextPageParam: (last: Page<Price>) => last.next,
  });

export const partsQuery = (filter: PartFilter) =>
  infiniteQueryOptions({
    ...page,
    queryKey: ["parts", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Part>>(`/parts${query({ ...filter, cursor: pageParam })}`, { signal }),
    getNextPageParam: (last: Page<Part>) => last.next,
  });

export const historyQuery = (code: string) =>
  queryOptions({
    queryKey: ["prices", "of", code],
    queryFn: ({ signal }) =>
      api.get<PriceHistory>(`/prices/${encodeURIComponent(code)}`, { signal }),
  });

export const pricesBook = (filter: PriceFilter) => address(`/prices.xlsx${query({ ...filter })}`);
export const partsBook = (filter: PartFilter) => address(`/parts.xlsx${query({ ...filter })}`);

export interface NewPrice {
  code: string;
  class: BuyerClass;
  stars: number | null;
  amount: number;
  effective_from: string;
}

export const enterPrice = (price: NewPrice) => api.post<Price>("/prices", price);

export type EndOfPrice = Omit<NewPrice, "amount">;

export const endPrice = (price: EndOfPrice) => api.post<Price>("/prices/end", price);
