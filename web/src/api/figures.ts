import type { Clause, Org, Text } from "./types";

// Figures (统计数) and measures (指标), as the server tells them.

/** A number in the unit of its figure, and as people say it. */
export interface Amount {
  n: number;
  text: Text;
}

export interface Point {
  period: string;
  title: Text;
  value: Amount | null;
}

export type Place = Org & { id: string; name: string; code: string; kind: string; depth: number };

export type Grain = "day" | "month" | "quarter" | "year";

/** For which place and period numbers are. */
export interface FiguresAsked {
  org: Org | null;
  from: string;
  to: string;
  grain: Grain;
  places: Place[];
}

export interface Figure {
  id: string;
  title: Text;
  clauses: Clause[];
  formula: Text;
  measures: string[];
  unit: Text;
  /** Absent where nothing was counted that it divides by: not rated. */
  value: Amount | null;
  target: Amount | null;
  better: "higher" | "lower" | null;
  met: boolean | null;
  trend: Point[];
  since: string | null;
}

export interface Dimension {
  id: string;
  title: Text;
}

export interface Measure {
  id: string;
  title: Text;
  clauses: Clause[];
  unit: Text;
  value: Amount | null;
  times: number;
  by: Dimension[];
  trend: Point[];
  since: string | null;
}

export interface FigureGroup {
  id: string;
  title: Text;
  figures: Figure[];
  measures: Measure[];
}

export interface Figures {
  asked: FiguresAsked;
  groups: FigureGroup[];
}

export interface SplitRow {
  key: string;
  title: Text;
  value: Amount | null;
  times: number;
  share: number;
}

export interface MeasurePage {
  asked: FiguresAsked;
  measure: Measure;
  split: string;
  rows: SplitRow[];
  more: number;
}

export interface CountedRow {
  id: string;
  number: string;
  process: { id: string; title: Text };
  state: { id: string; title: Text; kind: string };
  org: string;
  day: string;
  times: number;
  value: Amount | null;
  by: Text[];
}

/** The list behind a number. */
export interface CountedCases {
  value: Amount | null;
  times: number;
  /** Events of cases that have moved out of my scope since. */
  hidden: number;
  items: CountedRow[];
  next: string | null;
}
