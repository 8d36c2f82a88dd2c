import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { address, api, query } from "@/api/client";
import type { AccountPage, CaseRow, Custody, LedgerAccount, Page, StockRow } from "@/api/types";
import { type PrinterLook, pageOf } from "@/shared/print/profile";

export interface StockFilter {
  q: string;
  warehouse: string;
  below: boolean;
}

export interface AccountFilter {
  prefix: string;
  in_use: boolean;
}

const first = { initialPageParam: null as string | null };

const stockAsked = (filter: StockFilter) => ({
  q: filter.q,
  warehouse: filter.warehouse,
  below_reorder: filter.below || null,
});

export const stockQuery = (filter: StockFilter) =>
  infiniteQueryOptions({
    ...first,
    queryKey: ["stock", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<StockRow>>(`/stock${query({ ...stockAsked(filter), cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (last: Page<StockRow>) => last.next,
  });

/** The accounts behind one row: free, kept, under way, old. */
export const behindQuery = (warehouse: string, part: string) =>
  queryOptions({
    queryKey: ["stock", "behind", warehouse, part],
    queryFn: ({ signal }) =>
      api.get<Page<LedgerAccount>>(`/stock/accounts${query({ warehouse, part })}`, { signal }),
  });

/** Transfers under way and counts to be approved, of my place. */
export const papersQuery = queryOptions({
  queryKey: ["cases", "stock papers"],
  queryFn: ({ signal }) =>
    api.get<Page<CaseRow>>(`/cases${query({ area: "stock", open: true, limit: 30 })}`, { signal }),
});

export const accountsQuery = (filter: AccountFilter) =>
  infiniteQueryOptions({
    ...first,
    queryKey: ["accounts", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<LedgerAccount>>(
        `/accounts${query({
          prefix: filter.prefix,
          in_use: filter.in_use || null,
          cursor: pageParam,
          limit: 100,
        })}`,
        { signal },
      ),
    getNextPageParam: (last: Page<LedgerAccount>) => last.next,
  });

export const accountQuery = (path: string) =>
  infiniteQueryOptions({
    ...first,
    queryKey: ["accounts", "of", path],
    queryFn: ({ signal, pageParam }) =>
      api.get<AccountPage>(`/accounts/entries${query({ path, cursor: pageParam })}`, { signal }),
    getNextPageParam: (last: AccountPage) => last.next,
  });

export const custodyQuery = (serial: string) =>
  queryOptions({
    queryKey: ["serials", serial],
    queryFn: ({ signal }) =>
      api.get<Page<Custody>>(`/serials/${encodeURIComponent(serial)}`, { signal }),
    retry: false,
  });

export const stockBook = (filter: StockFilter) =>
  address(`/stock.xlsx${query(stockAsked(filter))}`);
export const accountsBook = (filter: AccountFilter) =>
  address(`/accounts.xlsx${query({ prefix: filter.prefix, in_use: filter.in_use || null })}`);
export const accountBook = (path: string) => address(`/accounts/entries.xlsx${query({ path })}`);

export interface LabelSheet {
  part: string;
  serials: string[];
  copies: number;
  /** Width by height in millimetres. */
  size: "60x40" | "40x30";
  lang: string;
}

/** Labels as this machine's printer puts them there. */
export const labelPage = ({ serials, ...sheet }: LabelSheet, look: PrinterLook) =>
  address(pageOf("/stock/labels", look, { ...sheet, serials: serials.join(",") }));
