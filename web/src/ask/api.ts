import { api, Refused, Unreachable } from "@/api/client";
import { language } from "@/shared/i18n/language";
import type { Say } from "./words";

/** What somebody asks. */
export interface Question {
  kind: string;
  message: string;
  urgent: boolean;
  name: string;
  phone: string;
  vehicle: string;
  agreed: boolean;
}

export interface Message {
  id: string;
  ours: boolean;
  text: string;
  at: string;
  photos: string[];
}

/** An enquiry behind its link. */
export interface Thread {
  number: string;
  company: string;
  state: "received" | "answered" | "closed";
  opened_at: string;
  promised_at: string | null;
  messages: Message[];
  photos: { id: string; at: string }[];
  photos_left: number;
}

const at = (word: string) => `/ask/${encodeURIComponent(word)}`;

/** The same key again, after an answer that got lost, gives the same enquiry. */
export const open = (question: Question, key: string) =>
  api.post<{ word: string }>("/ask", question, { key });
export const look = (word: string) => api.get<Thread>(at(word));
export const more = (word: string, message: string) => api.post<Thread>(at(word), { message });
export const settle = (word: string) => api.post<Thread>(at(word), { settled: true });

/** The address of a photo of the enquiry. */
export const photoAt = (word: string, id: string) => `/api/v1${at(word)}/photos/${id}`;

/** Sends one photo. */
export async function sendPhoto(word: string, photo: Blob): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(`/api/v1${at(word)}/photos`, {
      method: "POST",
      headers: {
        "Content-Type": photo.type,
        "X-Sanbao": "1",
        "Accept-Language": language.get() === "zh" ? "zh-CN" : "en",
      },
      body: photo,
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (answer.ok) return;
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
  const code = problem.code ?? `http-${answer.status}`;
  throw new Refused(answer.status, { code, detail: problem.detail ?? "" });
}

/** Why something did not work, in a sentence; the first field's where there is one. */
export function why(error: unknown, t: Say): string {
  if (error instanceof Unreachable) return t("offline");
  if (error instanceof Refused) {
    return error.problem.fields?.[0]?.detail || error.problem.detail || t("failed");
  }
  return t("failed");
}
