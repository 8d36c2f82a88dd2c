import type { Me, Text } from "./types";

// Open cases and the releases they run under, as the server tells them.

/** Open cases of a process under a release. */
export interface PinnedCases {
  release: Me["release"];
  effective: string | null;
  in_force: boolean;
  process: string;
  process_title: Text;
  open: number;
}

/** What became of a case, or would. */
export interface MigratedCase {
  id: string;
  number: string;
  fate: "moves" | "already" | "stays";
  sentences: Text[];
}

export interface MigrationReport {
  moved: number;
  already: number;
  stayed: number;
  cases: MigratedCase[];
  next: string | null;
}
