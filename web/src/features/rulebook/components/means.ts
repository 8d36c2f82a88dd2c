import type { RulebookClause } from "@/api/types";

/** What answers for a clause, the strongest first. */
export const means = [
  "enforced",
  "computed",
  "printed",
  "reported",
  "people",
  "uncovered",
] as const;
export type Means = (typeof means)[number];

const computed = new Set([
  "table-row",
  "term-row",
  "term",
  "term-trigger",
  "law-term",
  "law",
  "price",
]);
const printed = new Set(["document"]);
const reported = new Set(["message", "measure"]);

/** By what kind of item a clause is held: a rule that acts, a figure, a paper, a message. */
export function meansOf(clause: Pick<RulebookClause, "status" | "carriers">): Means {
  if (clause.status === "people" || clause.status === "uncovered") return clause.status;
  const kinds = clause.carriers.map((carrier) => carrier.kind);
  const only = (...sets: Set<string>[]) => kinds.every((kind) => sets.some((set) => set.has(kind)));
  if (only(reported)) return "reported";
  if (only(printed, reported)) return "printed";
  if (only(computed, printed, reported)) return "computed";
  return "enforced";
}

/** A chapter of one pack, with how many of its clauses are held by what. */
export interface Chapter {
  key: string;
  pack: string;
  title: RulebookClause["chapter"];
  all: number;
  count: Record<Means, number>;
}

/** Names a chapter across packs. */
export const chapterKey = (clause: Pick<RulebookClause, "pack" | "chapter">): string =>
  `${clause.pack}/${clause.chapter?.zh ?? ""}`;

const nothing = (): Record<Means, number> => ({
  enforced: 0,
  computed: 0,
  printed: 0,
  reported: 0,
  people: 0,
  uncovered: 0,
});

/** The chapters in the order of the text. */
export function chapters(clauses: readonly RulebookClause[]): Chapter[] {
  const found = new Map<string, Chapter>();
  for (const clause of clauses) {
    const key = chapterKey(clause);
    const chapter = found.get(key) ?? {
      key,
      pack: clause.pack,
      title: clause.chapter,
      all: 0,
      count: nothing(),
    };
    chapter.all += 1;
    chapter.count[meansOf(clause)] += 1;
    found.set(key, chapter);
  }
  return [...found.values()];
}
