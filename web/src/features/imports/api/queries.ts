import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { address, api, query } from "@/api/client";
import { send } from "@/api/files";
import type { ImportColumns, ImportHeading, ImportRow, ImportSummary, Page } from "@/api/types";

export type { ImportColumns } from "@/api/types";

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["import", id],
    queryFn: ({ signal }) => api.get<ImportSummary>(`/imports/${id}`, { signal }),
    // A large workbook is read and written in the background; the page asks until it is done.
    refetchInterval: (asked) => (asked.state.data?.progress ? 1000 : false),
  });

/** What a workbook brings. */
export type Brings =
  | "sold_vehicles"
  | "parts"
  | "prices"
  | "opening_stock"
  | "customers"
  | "people";

export type RowVerdict = ImportRow["verdict"];

export const importRowsQuery = (id: string, verdict: RowVerdict | null) =>
  infiniteQueryOptions({
    queryKey: ["import", id, "rows", verdict],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<ImportRow>>(
        `/imports/${id}/rows${query({ verdict, cursor: pageParam, limit: 100 })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** Which column of a sheet is which, said by hand. */
export interface Said {
  sheet: string;
  row: number;
  columns: Readonly<Record<number, string>>;
}

const form = (file: File) => {
  const made = new FormData();
  made.append("file", file, file.name);
  return made;
};

/** Uploads a workbook; its rows come back judged and not yet written. */
export function stage(
  kind: Brings,
  file: File,
  progress?: (percent: number) => void,
  said?: Said,
): Promise<ImportSummary> {
  const columns = said && JSON.stringify(said);
  return send<ImportSummary>(`/imports${query({ kind, columns })}`, form(file), progress);
}

/** The first rows of a workbook and what its columns may be; nothing of it is kept. */
export const columnsQuery = (kind: Brings, file: File) =>
  queryOptions({
    queryKey: ["import-columns", kind, file.name, file.size, file.lastModified],
    queryFn: () => send<ImportColumns>(`/imports/columns${query({ kind })}`, form(file)),
    gcTime: 0,
    retry: false,
  });

/** The headings that people have said something of. */
export const headingsQuery = (kind: Brings) =>
  queryOptions({
    queryKey: ["import-headings", kind],
    queryFn: ({ signal }) =>
      api.get<Page<ImportHeading>>(`/imports/headings${query({ kind })}`, { signal }),
  });

export const forget = (kind: Brings, heading: string) =>
  api.delete<void>(`/imports/headings${query({ kind, heading })}`);

export const apply = (id: string) => api.post<ImportSummary>(`/imports/${id}/apply`, {});

/** Somebody taken on, with the link that lets them in. */
export interface Invited {
  id: string;
  login: string;
  name: string;
  org: string;
  path: string;
  expires_at: string;
}

/** New links for everybody of the import who has set no password yet. */
export const invite = (id: string) =>
  api.post<Page<Invited>>(`/imports/${id}/invitations`, {}).then((page) => page.items);

export const discard = (id: string) => api.delete<void>(`/imports/${id}`);

/** A download carries the browser's own language, so that the chosen one stands in the address. */
export const errorsAddress = (id: string, lang: string) =>
  address(`/imports/${id}/errors.xlsx?lang=${lang}`);
