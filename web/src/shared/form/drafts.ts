import type { Values } from "./state";

/** What somebody typed into a form and has not submitted. */
export interface Draft {
  values: Values;
  /** Milliseconds when last touched. */
  at: number;
}

const prefix = "sanbao.draft.";
const KEEP_MS = 14 * 86_400_000;

let owner = "";

/** Whose drafts these are: at a shared counter nobody finds what a colleague has typed. */
export function draftsOf(person: string): void {
  owner = person;
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
    else localStorage.setItem(place(key), JSON.stringify({ values, at: Date.now() }));
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
