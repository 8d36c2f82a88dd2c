import type { Values } from "./state";

/** What somebody typed into a form and has not submitted. */
export interface Draft {
  values: Values;
  /** Milliseconds when last touched. */
  at: number;
  /** Who typed last, where several people share one counter. */
  by?: string;
}

const prefix = "sanbao.draft.";
const KEEP_MS = 14 * 86_400_000;

let owner = "";
let typist: string | undefined;

/**
 * Whose drafts these are. On a machine that people sign in to in turn nobody finds what a colleague
 * has typed; those of a shared counter belong to it, and say who typed.
 */
export function draftsOf(person: string, name?: string): void {
  owner = person;
  typist = name;
}

/** Who else typed a draft that is found here. */
export function strangerOf(draft: Draft | null): string | null {
  return draft?.by && draft.by !== typist ? draft.by : null;
}

/** Lets all drafts of somebody, or of a counter, go. */
export function dropDraftsOf(person: string): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(`${prefix}${person}.`)) localStorage.removeItem(name);
    }
  } catch {
    // Nothing to let go.
  }
}

const place = (key: string) => `${prefix}${owner}.${key}`;

function read(name: string): Draft | null {
  try {
    const text = localStorage.getItem(name);
    return text === null ? null : (JSON.parse(text) as Draft);
  } catch {
    return null;
  }
}

export function readDraft(key: string): Draft | null {
  return read(place(key));
}

export function keepDraft(key: string, values: Values): void {
  try {
    if (Object.keys(values).length === 0) localStorage.removeItem(place(key));
    else localStorage.setItem(place(key), JSON.stringify({ values, at: Date.now(), by: typist }));
  } catch {
    // Storage refused: the form still works, it only does not outlive the tab.
  }
}

export function dropDraft(key: string): void {
  keepDraft(key, {});
}

/** Drafts nobody came back to for two weeks are let go; photos they name are gone by then. */
export function sweepDrafts(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(prefix)) continue;
      const draft = read(name);
      if (!draft || Date.now() - draft.at > KEEP_MS) localStorage.removeItem(name);
    }
  } catch {
    // Nothing to sweep.
  }
}
