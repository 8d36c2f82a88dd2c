import type { Named, Text, Verdict } from "./types";

// A draft over the past verdicts (历史回放), as the server tells it.

export type ReplayState =
  | "none"
  | "running"
  | "done"
  | "cancelled"
  | "failed"
  | "interrupted"
  | "hidden";

export interface ReplayCount {
  verdicts: number;
  changed: number;
  /** What the changes cost the maker, fen; negative: saved. */
  cost_fen: number;
  /** Changes whose money is not known. */
  unknown: number;
}

export interface ReplayGroup {
  key: string;
  title: Text;
  count: ReplayCount;
}

export interface ReplayRun {
  by: Named;
  started_at: string;
  ended_at: string | null;
  against: "decided" | "base";
  since: string | null;
  until: string | null;
  phase: "waiting" | "reading" | "judging" | "writing";
  done: number;
  total: number;
}

export interface ReplayReport {
  total: ReplayCount;
  turns: ReplayGroup[];
  models: ReplayGroup[];
  parts: ReplayGroup[];
  stations: ReplayGroup[];
  months: ReplayGroup[];
  listed: number;
  cut: boolean;
}

export interface DraftReplay {
  state: ReplayState;
  stale: boolean;
  may_run: boolean;
  any: boolean;
  run: ReplayRun | null;
  report: ReplayReport | null;
}

/** What a verdict comes down to. */
export interface ReplayOutcome {
  refused: boolean;
  covered: boolean | null;
  remedy: Verdict["remedy"];
  payer: Verdict["payer"];
  ends: string | null;
}

export interface ReplayChange {
  verdict: string;
  case: { id: string; number: string };
  judged_at: string;
  turn: string;
  turn_title: Text;
  part: Text;
  model: Text;
  station: Text;
  was: ReplayOutcome;
  becomes: ReplayOutcome;
  cost_fen: number | null;
}

export interface ReplaySide {
  verdict: Verdict | null;
  refused: Text | null;
}

export interface ReplayPair {
  change: ReplayChange;
  was: ReplaySide;
  becomes: ReplaySide;
}
