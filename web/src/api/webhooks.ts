import type { Named, Org, Text } from "./types";

/** Something to choose. */
export interface Choice {
  id: string;
  title: Text;
}

/** Robots of staff groups (群机器人), by vendor. */
export const robotKinds = ["wecom", "dingtalk", "feishu"] as const;
export type RobotKind = (typeof robotKinds)[number];

/** A subscription (推送订阅): a program, or a group by its robot, that is told what happens to
 * cases. */
export interface WebhookRow {
  id: string;
  kind: "program" | RobotKind;
  name: string;
  address: string;
  org: Org | null;
  events: string[];
  processes: string[];
  rules: string[];
  lang: "zh" | "en";
  owner: Named | null;
  state: "on" | "resting";
  why: string | null;
  old_until: string | null;
  held: HeldEvent | null;
  failing_since: string | null;
  next_at: string | null;
  made_at: string;
  version: number;
}

/** An event that was not taken; what follows waits for it. */
export interface HeldEvent {
  message: string;
  event: string;
  case: { id: string; number: string };
  tries: number;
  /** Told so often that somebody has to see to it. */
  stopped: boolean;
}

/** Subscriptions, and what another one may be made of. */
export interface WebhookPage {
  items: WebhookRow[];
  may_make: boolean;
  may_make_robot: boolean;
  events: Choice[];
  processes: Choice[];
  deadlines: Choice[];
  orgs: Org[];
}

/** What may change of a subscription. */
export interface WebhookForm {
  name: string;
  address: string;
  events: string[];
  processes: string[];
}

/** What may change of a robot; an address or key left out stays as it was. */
export interface RobotForm {
  name: string;
  address?: string;
  secret?: string;
  events: string[];
  processes: string[];
  rules: string[];
  lang: "zh" | "en";
}

/** A subscription with its secret, which is shown once. */
export interface SecretWebhook {
  secret: string;
  webhook: WebhookRow;
}

/** A try to tell. */
export interface WebhookTry {
  id: string;
  event: string;
  message: string | null;
  case: { id: string; number: string } | null;
  state: "asking" | "taken" | "failed" | "unknown" | "skipped";
  status: number | null;
  why: string | null;
  at: string;
  ended_at: string | null;
  /** Who skipped it. */
  person: Named | null;
}

/** By which channels customers are told; no secrets. */
export interface Channels {
  customers: ("wechat" | "sms" | "email")[];
  address: string | null;
  sign_name: string | null;
  wechat: string | null;
  mail: { host: string; from: string } | null;
}

/** What the mail server said to a letter. */
export interface TriedLetter {
  state: "sent" | "refused" | "later" | "unknown";
  why: string | null;
}
