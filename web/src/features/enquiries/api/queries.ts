import { queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type {
  Case,
  CaseRow,
  CustomerMasked,
  Named,
  Page,
  Text,
  TimelineEntry,
  UnitHit,
} from "@/api/types";

/** An enquiry (在线咨询) in the list. */
export interface EnquiryRow extends CaseRow {
  waiting: boolean;
  mine: boolean;
  urgent: boolean;
  kind: Text | null;
  channel: Text | null;
  promised_at: string | null;
  glimpse: string;
  /** Messages and photos of theirs that nobody of us has looked at. */
  unread: number;
}

/** What was written to and fro, with our notes. */
export interface EnquiryThread {
  id: string;
  number: string;
  name_said: string | null;
  phone_said: string | null;
  vehicle_said: string | null;
  /** The address they wrote from, masked; answers go there as letters where that is set up. */
  email_said: string | null;
  by_letter: boolean;
  messages: {
    id: string;
    by: "theirs" | "ours" | "note";
    person: Named | null;
    text: string;
    at: string;
    photos: string[];
  }[];
  photos: { id: string; at: string }[];
}

/** What waits, what presses most at the top; read again when a case changes. */
export const enquiriesQuery = queryOptions({
  queryKey: ["cases", "enquiries"],
  queryFn: ({ signal }) => api.get<Page<EnquiryRow>>("/enquiries", { signal }),
});

export const threadQuery = (id: string) =>
  queryOptions({
    queryKey: ["case", id, "thread"],
    queryFn: ({ signal }) => api.get<EnquiryThread>(`/enquiries/${id}`, { signal }),
  });

/** The case with what may be done now. */
export const enquiryCaseQuery = (id: string) =>
  queryOptions({
    queryKey: ["case", id],
    queryFn: ({ signal }) => api.get<Case>(`/cases/${id}`, { signal }),
  });

export const act = (id: string, action: string, form: Record<string, unknown>, key: string) =>
  api.post<Case>(`/cases/${id}/actions/${action}`, { form }, { key });

export const note = (id: string, text: string) =>
  api.post<TimelineEntry>(`/cases/${id}/notes`, { text });

/** What was on the screen last: their latest message and photo. */
export interface Looked {
  message: string | null;
  photo: string | null;
}

/** Somebody of us has read it, up to there. */
export const looked = (id: string, last: Looked) =>
  api.post<undefined>(`/enquiries/${id}/looked`, last);

/** Whoever wrote is this customer: the file the enquiry made goes into theirs. */
export const linkCustomer = (id: string, customer: string) =>
  api.post<undefined>(`/enquiries/${id}/customer`, { customer });

/** A customer with their vehicles, masked. */
interface Known extends CustomerMasked {
  id: string;
  vehicles: UnitHit[];
}

export const knownQuery = (q: string) =>
  queryOptions({
    queryKey: ["cases", "enquiry-known", q],
    queryFn: ({ signal }) => api.get<Page<Known>>(`/hotline/callers${query({ q })}`, { signal }),
    enabled: q.length >= 2,
  });

export const vehiclesQuery = (q: string) =>
  queryOptions({
    queryKey: ["unit", "enquiry-vehicles", q],
    queryFn: ({ signal }) => api.get<Page<UnitHit>>(`/units${query({ q })}`, { signal }),
    enabled: q.length >= 2,
  });
