import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import type {
  Channels,
  RobotForm,
  RobotKind,
  SecretWebhook,
  TriedLetter,
  WebhookForm,
  WebhookPage,
  WebhookRow,
  WebhookTry,
} from "@/api/webhooks";

/** Subscriptions, and what another one may be made of. */
export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: ({ signal }) => api.get<WebhookPage>("/webhooks", { signal }),
  refetchInterval: 15_000,
});

/** By which channels customers are told, as the operator's file says. */
export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) => api.get<Channels>("/channels", { signal }),
});

export const tryLetter = (to: string) => api.post<TriedLetter>("/channels/letter", { to });

/** What a subscription was last told. */
export const triesQuery = (id: string) =>
  queryOptions({
    queryKey: ["webhooks", id, "tries"],
    queryFn: ({ signal }) => api.get<Page<WebhookTry>>(`/webhooks/${id}/tries`, { signal }),
    refetchInterval: 15_000,
  });

export const makeWebhook = (org: string, form: WebhookForm) =>
  api.post<SecretWebhook>("/webhooks", { ...form, org });

export const changeWebhook = (row: WebhookRow, form: WebhookForm) =>
  api.put<WebhookRow>(`/webhooks/${row.id}`, form, { ifMatch: `"v${row.version}"` });

export const makeRobot = (org: string, kind: RobotKind, form: RobotForm) =>
  api.post<WebhookRow>("/robots", { ...form, org, kind });

export const changeRobot = (row: WebhookRow, form: RobotForm) =>
  api.put<WebhookRow>(`/robots/${row.id}`, form, { ifMatch: `"v${row.version}"` });

export const rotateSecret = (id: string) =>
  api.post<SecretWebhook>(`/webhooks/${id}/secret`, {});

export type Act = "rest" | "resume" | "skip" | "end" | "test";

/** What an administrator does with a subscription. */
export const act = (id: string, what: Act) =>
  what === "resume" || what === "skip"
    ? api.post<unknown>(`/webhooks/${id}/resume`, { skip: what === "skip" })
    : api.post<unknown>(`/webhooks/${id}/${what}`, {});

/** Tells what holds a subscription up without waiting for its time. */
export const tellNow = (id: string) => api.post<WebhookRow>(`/webhooks/${id}/now`, {});

/** Skips just this event, with the reason. */
export const skipEvent = (id: string, message: string, reason: string) =>
  api.post<WebhookRow>(`/webhooks/${id}/skip`, { message, reason });

export const tellAgain = (id: string, tried: string) =>
  api.post<WebhookTry>(`/webhooks/${id}/tries/${tried}/again`, {});
