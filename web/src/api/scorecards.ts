import type { Clause, Named, Org, Text } from "./types";

// Scorecards (评分表), as the server tells them.

export interface ScorePeriod {
  id: string;
  title: Text;
}

export interface ScorecardRow {
  id: string;
  title: Text;
  clauses: Clause[];
  periods: ScorePeriod[];
  orgs: (Org & { id: string; name: string; code: string; kind: string })[];
}

/** What an award or a condition looked at. */
export interface ScoreRead {
  title: Text;
  value: Text | null;
  measures: string[];
  entry: string | null;
}

export interface ScoreItem {
  id: string;
  title: Text;
  clauses: Clause[];
  most: number;
  /** Absent: not rated. */
  points: number | null;
  beyond: boolean;
  read: ScoreRead[];
}

export interface ScoreCondition {
  id: string;
  title: Text;
  clauses: Clause[];
  held: boolean | null;
  read: ScoreRead[];
}

export interface ScoreLevel {
  id: string;
  title: Text;
  stars: number;
  clauses: Clause[];
  held: boolean;
  conditions: ScoreCondition[];
}

export interface ScoreMade {
  text: Text | null;
  evidence: string;
  actor: Named;
  at: string;
}

export interface ScoreEntry {
  id: string;
  title: Text;
  clauses: Clause[];
  kind: "yes_no" | "number" | "percent";
  unit: string | null;
  by: Text[];
  may: boolean;
  value: unknown;
  text: Text | null;
  history: ScoreMade[];
}

export interface Scorecard {
  id: string;
  title: Text;
  clauses: Clause[];
  org: Org;
  period: ScorePeriod;
  from: string;
  to: string;
  over: boolean;
  release: string;
  most: number | null;
  points: number | null;
  unrated: number;
  missing: number;
  items: ScoreItem[];
  levels: ScoreLevel[];
  level: Text | null;
  entries: ScoreEntry[];
}

export interface ScoreStanding {
  org: Org;
  points: number | null;
  unrated: number;
  missing: number;
  level: Text | null;
}
