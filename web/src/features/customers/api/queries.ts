import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, download, query } from "@/api/client";
import type {
  CaseRow,
  Clause,
  CustomerMasked,
  Heed,
  Named,
  Page,
  Text,
  Told,
  UnitHit,
} from "@/api/types";
import type { CustomerStanding } from "@/shared/unit/Standing";

/** A customer (客户), masked. */
export interface Customer extends CustomerMasked {
  id: string;
  address_masked: string | null;
  consent: boolean;
  erased: boolean;
}

/** A row of the register of customers (客户台账). */
export interface CustomerRow extends Customer {
  org: string | null;
  tags: Text[];
  heeded: Heed[];
}

/** How often somebody came (到店), in my scope. */
export interface Visits {
  count: number;
  first_at: string | null;
  last_at: string | null;
}

/** How a customer stands with the company's account at WeChat. */
export interface Wechat {
  offered: boolean;
  since: string | null;
}

export interface CustomerPage extends Customer {
  email_masked: string | null;
  wechat: Wechat;
  visits: Visits;
  vehicles: UnitHit[];
  heeded: Heed[];
  cases: CaseRow[];
}

/** Why an erasure is asked for, by the grounds of the law. */
export const grounds = ["asked", "consent_withdrawn", "purpose_done"] as const;
export type Ground = (typeof grounds)[number];

/** One thing that holds an erasure up. */
export interface Held {
  kind: "case" | "warranty" | "retention" | "hold";
  text: Text;
  through: string | null;
  subject: string | null;
  clause: Clause | null;
}

export interface ErasureRequest {
  ground: Ground;
  asked_at: string;
  by: Named | null;
}

export interface CustomerEvent {
  event: string;
  at: string;
  by: Named | null;
  reason: string | null;
  fields: string[];
  means: string | null;
  ground: Ground | null;
}

/** Something there was with a customer (往来). */
export interface Dealing {
  id: string;
  kind: "visit" | "call" | "case" | "told" | "bought" | "sold" | "file";
  at: string;
  case: { id: string; number: string; row: CaseRow | null } | null;
  matter: string | null;
  told: Told | null;
  unit: UnitHit | null;
  event: CustomerEvent | null;
}

/** What was done with a customer's data, and what an erasure waits for. */
export interface CustomerRecord {
  erased: boolean;
  request: ErasureRequest | null;
  held: Held[];
  loses: { files: number; documents: number; cases: number; vehicles: number };
  events: CustomerEvent[];
}

/** A file beside another (疑似重复). */
export interface Compared extends Customer {
  made_at: string;
  vehicles: number;
  cases: number;
}

export interface Pair {
  one: Compared;
  other: Compared;
  /** `phone`, `name`, `identity`, `vehicle`, `address`. */
  alike: string[];
  /** Why they may not be merged now. */
  refused: Text | null;
}

/** A merge (合并) into a file that stands. */
export interface Merge {
  id: string;
  at: string;
  by: Named | null;
  gone: Customer;
  /** Why it cannot be taken back any more. */
  rests: Text | null;
}

/** An erasure that was asked for and waits. */
export interface Waiting {
  customer: Customer;
  request: ErasureRequest;
  held: Held[];
}

const place = (id: string) => `/customers/${encodeURIComponent(id)}`;

/** The register of customers, or those found, page by page. */
export const customersQuery = (filter: { q: string; org: string }) =>
  infiniteQueryOptions({
    initialPageParam: null as string | null,
    queryKey: ["customer", "register", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<CustomerRow>>(
        `/customers${query({ ...filter, limit: 100, cursor: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (last: Page<CustomerRow>) => last.next,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id],
    queryFn: ({ signal }) => api.get<CustomerPage>(place(id), { signal }),
  });

export const dealingsQuery = (id: string) =>
  infiniteQueryOptions({
    initialPageParam: null as string | null,
    queryKey: ["customer", id, "dealings"],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Dealing>>(`${place(id)}/dealings${query({ cursor: pageParam })}`, { signal }),
    getNextPageParam: (last: Page<Dealing>) => last.next,
  });

export const likelyQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id, "likely"],
    queryFn: ({ signal }) => api.get<Page<Pair>>(`${place(id)}/likely`, { signal }),
  });

export const pairQuery = (id: string, other: string) =>
  queryOptions({
    queryKey: ["customer", id, "compare", other],
    queryFn: ({ signal }) =>
      api.get<Pair>(`${place(id)}/compare/${encodeURIComponent(other)}`, { signal }),
  });

export const duplicatesQuery = infiniteQueryOptions({
  initialPageParam: null as string | null,
  queryKey: ["duplicates"],
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<Pair>>(`/duplicates${query({ cursor: pageParam })}`, { signal }),
  getNextPageParam: (last: Page<Pair>) => last.next,
});

export const mergesQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id, "merges"],
    queryFn: ({ signal }) => api.get<Page<Merge>>(`${place(id)}/merges`, { signal }),
  });

export const merge = (id: string, gone: string, take: readonly string[], reason: string) =>
  api.post<Customer>(`${place(id)}/merge`, { gone, take, reason });

export const part = (id: string, one: string, reason: string) =>
  api.post<void>(`${place(id)}/merges/${one}/part`, { reason });

export const sayApart = (id: string, other: string) =>
  api.post<void>(`${place(id)}/apart`, { other });

export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id, "record"],
    queryFn: ({ signal }) => api.get<CustomerRecord>(`${place(id)}/record`, { signal }),
  });

export const erasuresQuery = queryOptions({
  queryKey: ["erasures"],
  queryFn: ({ signal }) => api.get<Page<Waiting>>("/erasures", { signal }),
});

export const erase = (id: string, ground: Ground) =>
  api.post<CustomerRecord>(`${place(id)}/erasure`, { ground });

/** Everything held about a customer, as an archive for the customer. */
export const copy = (id: string, reason: string) =>
  download(`${place(id)}/copy`, { reason }, "personal-data.zip");

export const withdraw = (id: string) => api.delete<CustomerRecord>(`${place(id)}/erasure`);

export const putHold = (id: string, reason: string, through: string | null) =>
  api.post<CustomerRecord>(`${place(id)}/holds`, { reason, through });

export const liftHold = (id: string, hold: string) =>
  api.post<CustomerRecord>(`${place(id)}/holds/${hold}/lift`, {});

/** How somebody is known to want a correction. */
export type Means = "identity" | "code" | "officer";

/** Documents that are looked at. */
export const documents = [
  "identity_card",
  "passport",
  "residence_permit",
  "driving_licence",
] as const;

export interface Correction {
  name?: string;
  phone?: string;
  address?: string;
  proof:
    | { means: "identity"; document: string; last4: string }
    | { means: "code"; code: string }
    | { means: "officer"; reason: string };
}

export const correct = (id: string, correction: Correction) =>
  api.post<Customer>(`${place(id)}/corrections`, correction);

export const sendCode = (id: string) =>
  api.post<{ sent: boolean }>(`${place(id)}/corrections/code`, {});

/** Messages that reached nobody. */
export const undeliveredQuery = queryOptions({
  queryKey: ["deliveries"],
  queryFn: ({ signal }) => api.get<Page<Told>>("/deliveries", { signal }),
});

/** Sends one again, or says that the customer knows. */
export const seeTo = (id: string, how: "again" | "done") =>
  api.post<void>(`/deliveries/${id}/${how}`, {});

/** Keeps where a customer wants letters, or forgets it. */
export const putTags = (id: string, tags: string[], were: string[]) =>
  api.put<CustomerStanding>(`/customers/${encodeURIComponent(id)}/tags`, { tags, were });

export const putEmail = (id: string, email: string | null) =>
  api.put<{ email_masked: string | null }>(`/customers/${id}/email`, { email });

/** A code for the customer to scan with WeChat. */
export const wechatCode = (id: string) =>
  api.post<{ svg: string; expires_at: string }>(`/customers/${id}/wechat`, {});

/** Tells them nothing by WeChat any more. */
export const endWechat = (id: string) => api.delete<void>(`/customers/${id}/wechat`);
