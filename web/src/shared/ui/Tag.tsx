import type { ReactNode } from "react";

export type Tone = "ok" | "warn" | "bad" | "na" | "line";

/** A word on a tint. The word carries the meaning; the colour only helps the eye. */
export function Tag({ tone = "na", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}

export function Kbd({ children }: { children: string }) {
  return <kbd className="kbd">{children}</kbd>;
}
