import { language } from "@/shared/i18n/language";
import { learn } from "@/shared/time/clock";
import type { Problem } from "./types";

/** A refusal of the server, as problem details. */
export class Refused extends Error {
  override name = "Refused";
  readonly problem: Problem;
  readonly status: number;

  constructor(status: number, problem: Problem) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
  }
}

/** The server could not be reached; nothing is known of whether it did what was asked. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

export interface Asked {
  signal?: AbortSignal;
  /** The version the writer saw, `"v3"`. */
  ifMatch?: string;
  /** One key for one attempt of a person, kept over retries. */
  key?: string;
  /** A small request that arrives although its page goes away meanwhile. */
  keepalive?: boolean;
}

type Listener = () => void;
const expired = new Set<Listener>();

/** Calls back when an answer says that the session is over. */
export function onExpired(listener: Listener): () => void {
  expired.add(listener);
  return () => expired.delete(listener);
}

const done = new Set<Listener>();

/** Calls back when somebody's act on a case was taken. */
export function onActed(listener: Listener): () => void {
  done.add(listener);
  return () => done.delete(listener);
}

let speaker: string | null = null;

/** For whom this window sends from now on: windows of one browser share a session, and nothing of
 * the one person may be done in the name of the next. */
export function speaksFor(person: string | null): void {
  speaker = person;
}

// What asks who somebody is, or opens a case, an action or a note.
const doors = ["/session", "/session/provider", "/counter/unlock"];
const acts = /^\/cases(\/[^/]+\/(notes|actions\/[^/]+(\/handover)?))?$/;

const base = "/api/v1";

/** The address of something the server keeps, for frames and images. */
export function address(path: string): string {
  return base + path;
}

async function ask<T>(method: string, path: string, body: unknown, asked: Asked): Promise<T> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": language.get() === "zh" ? "zh-CN" : "en",
  };
  if (method !== "GET") headers["X-Sanbao"] = "1";
  const door = doors.includes(path);
  if (method !== "GET" && speaker && !door) headers["X-Sanbao-Person"] = speaker;
  if (asked.ifMatch) headers["If-Match"] = asked.ifMatch;
  if (asked.key) headers["Idempotency-Key"] = asked.key;
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch(base + path, {
      method,
      headers,
      credentials: "same-origin",
      signal: asked.signal ?? null,
      keepalive: asked.keepalive ?? false,
      body: body === undefined ? null : form ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(String(error));
  }
  learn(answer.headers.get("Date"));
  if (answer.ok) {
    if (method !== "GET" && acts.test(path)) done.forEach((listener) => listener());
    return (await content(answer)) as T;
  }
  const problem = await refusal(answer);
  const gone = answer.status === 401 || problem.code === "other-person";
  if (gone && !door && path !== "/counter") expired.forEach((listener) => listener());
  throw new Refused(answer.status, problem);
}

/** What a request answers as a file, to be saved; the reason goes along in the body. */
export async function download(path: string, body: unknown, name: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(base + path, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Sanbao": "1",
        "Accept-Language": language.get() === "zh" ? "zh-CN" : "en",
      },
      credentials: "same-origin",
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (!answer.ok) throw new Refused(answer.status, await refusal(answer));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function content(answer: Response): Promise<unknown> {
  const text = await answer.text();
  return text === "" ? undefined : JSON.parse(text);
}

// A proxy in between answers in HTML; the page still wants a problem to show.
async function refusal(answer: Response): Promise<Problem> {
  try {
    const body = (await answer.json()) as Partial<Problem>;
    return { ...body, code: body.code ?? `http-${answer.status}`, detail: body.detail ?? "" };
  } catch {
    return { code: `http-${answer.status}`, detail: "" };
  }
}

export const api = {
  get: <T>(path: string, asked: Asked = {}) => ask<T>("GET", path, undefined, asked),
  post: <T>(path: string, body: unknown, asked: Asked = {}) => ask<T>("POST", path, body, asked),
  put: <T>(path: string, body: unknown, asked: Asked = {}) => ask<T>("PUT", path, body, asked),
  delete: <T>(path: string, asked: Asked = {}) => ask<T>("DELETE", path, undefined, asked),
};

/** `?a=1&b=2` of what is set; nothing when nothing is. */
export function query(of: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(of)) {
    if (value === undefined || value === null || value === "") continue;
    search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

/** A fresh idempotency key. `randomUUID` needs HTTPS, which a shop's own network may lack. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
