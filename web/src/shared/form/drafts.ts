import type { Values } from "./state";

/** What somebody typed into a form and has not submitted. */
export interface Draft {
  values: Values;
  /** Milliseconds when last touched. */
  at: number;
}

const prefix = "sanbao.draft.";
const KEEP_MS = 14 * 86_400_000;

export function readDraft(key: string): Draft | null {
  try {
    const text = localStorage.getItem(prefix + key);
    return text === null ? null : (JSON.parse(text) as Draft);
  } catch {
    return null;
  }
}

export function keepDraft(key: string, values: Values): void {
  try {
    if (Object.keys(values).length === 0) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, JSON.stringify({ values, at: Date.now() }));
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
      const draft = readDraft(name.slice(prefix.length));
      if (!draft || Date.now() - draft.at > KEEP_MS) localStorage.removeItem(name);
    }
  } catch {
    // Nothing to sweep.
  }
}
