import type { Named, RulebookChange, Text, Verdict } from "./types";

// Drafts of the rulebook (制度草稿), as the server tells them.

export type DraftState = "open" | "in_review" | "approved" | "published" | "withdrawn";

/** What the asker may do with a draft now; the server refuses the rest. */
export type DraftAct =
  | "edit"
  | "submit"
  | "approve"
  | "return"
  | "publish"
  | "withdraw"
  | "rebase"
  | "take_back";

export interface DraftRelease {
  hash: string;
  short: string;
  packs: { id: string; version: string; title: Text }[];
}

export interface DraftRow {
  id: string;
  title: string;
  reason: string;
  state: DraftState;
  version: number;
  base: DraftRelease;
  /** Whether another release was published since that it does not hold yet. */
  behind: boolean;
  owner: Named;
  made_at: string;
  changed_at: string;
  release: { release: DraftRelease; effective: string | null; in_force: boolean } | null;
}

/** A cell of a table, where a finding is. */
export interface DraftCell {
  pack: string;
  table: string;
  row: string | null;
  column: string | null;
}

export interface DraftFinding {
  level: "error" | "note";
  code: string;
  sentence: Text;
  file: string;
  line: number;
  cell: DraftCell | null;
}

export interface DraftUnset {
  id: string;
  title: Text;
  required: boolean;
  clauses: string[];
}

export interface DraftEvent {
  event: string;
  by: Named;
  at: string;
  reason: string | null;
  sentences: Text[];
}

/** What an edit leaves. */
export interface DraftSaved {
  version: number;
  clean: boolean;
  findings: DraftFinding[];
  changes: RulebookChange[];
  unsets: DraftUnset[];
}

export interface Draft extends DraftRow, DraftSaved {
  packs: { id: string; title: Text; version: string; own: boolean }[];
  review: DraftEvent[];
  files: { pack: string; path: string; change: "added" | "changed" | "removed" }[];
  drops_law: boolean;
  effective_default: string;
  can: DraftAct[];
}

/** A place that draft and release changed differently. */
export interface DraftConflict {
  /** To decide it by: `ebike-maker/tables/coverage.csv#tube-leak`. */
  key: string;
  base: string | null;
  mine: string | null;
  theirs: string | null;
}

/** What can be edited by itself. */
export interface DraftItem {
  kind: "table" | "parameter" | "message" | "deadline" | "file";
  id: string;
  title: Text;
  clauses: string[];
  from: string;
  pack: string | null;
  inherited: boolean;
  changed: boolean;
}

export interface DraftColumn {
  /** As the file writes it: `→payer`. */
  header: string;
  name: string;
  output: boolean;
  title: Text | null;
  kind: string;
  unit: Text | null;
  choices: { key: string; title: Text }[];
}

export interface DraftTableRow {
  id: string;
  clause: string[];
  cells: string[];
  from: string;
}

export interface DraftTable {
  pack: string;
  id: string;
  title: Text | null;
  hit_policy: string;
  aggregate: string | null;
  total: boolean;
  editable: boolean;
  columns: DraftColumn[];
  rows: DraftTableRow[];
  version: number;
}

export interface DraftParameter {
  id: string;
  title: Text;
  kind: string;
  unit: Text | null;
  value: unknown;
  base: unknown;
  required: boolean;
  example: boolean;
  clauses: string[];
  from: string;
  pack: string | null;
}

export type Keys = Record<string, unknown>;

/** A message or deadline as its file writes it. */
export interface DraftKeys {
  pack: string;
  from: string;
  inherited: boolean;
  editable: boolean;
  keys: Keys;
  base: Keys | null;
  version: number;
}

export interface DraftTried {
  now: Verdict;
  draft: Verdict;
  published: Verdict;
  differs: boolean;
}

export interface DraftExamples {
  passed: number;
  failed: { name: string; at: string; sentence: Text }[];
}

/** A file of a pack as text. */
export interface DraftText {
  pack: string;
  path: string;
  text: string | null;
  base: string | null;
  editable: boolean;
  version: number;
}

/** A fact a rule can name, and what people call it. */
export interface DraftName {
  path: string;
  title: Text;
}
