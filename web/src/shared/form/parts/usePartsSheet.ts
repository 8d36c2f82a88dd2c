import { useMemo, useState } from "react";
import type { PartRow } from "@/api/types";
import type { FieldProps } from "../skin";
import { useFormContext } from "../skin";
import { compare, rest, uncounted, withBooks } from "./compare";
import type { Compared } from "./compare";
import { type Heard, type Sources, knows, scan } from "./scan";
import { signal } from "./signal";

export type Mode = "count" | "shelf" | "old" | "labelled" | "order" | "free";

const modes: Record<string, Mode> = {
  count: "count",
  stock: "shelf",
  old: "old",
  labelled: "labelled",
  order: "order",
};

/** The rows of one field of parts without their looks: what a scan, a key and a button do. */
export function usePartsSheet({ field, value, set }: FieldProps) {
  const { fields, sibling } = useFormContext();
  const [selected, select] = useState<string | null>(null);
  const [heard, setHeard] = useState<{ heard: Heard; at: number } | null>(null);
  const shelf = field.shelf ?? null;
  const catalog = modes[field.catalog ?? ""] ?? "free";
  // What is ordered is counted in pieces: its serials are not known yet. An old part that has no
  // serial goes by its label.
  const byNumber = catalog === "labelled" ? true : catalog === "order" ? false : null;
  const parts = useMemo(() => {
    const offered = shelf?.parts ?? [];
    return byNumber === null ? offered : offered.map((part) => ({ ...part, tracked: byNumber }));
  }, [shelf, byNumber]);
  const labelled = (all: unknown): readonly PartRow[] => {
    const told = (all as PartRow[] | null | undefined) ?? [];
    return catalog === "labelled" ? told.map((row) => ({ ...row, tracked: true })) : told;
  };
  const rows = labelled(value);
  const expected = labelled(shelf?.expected);
  const mode = catalog;
  const blind = shelf?.blind === true;
  const other = fields.find(
    (each) => each.kind === "parts" && each.id !== field.id && each.shelf?.expected,
  );
  const arrives = mode === "free" || mode === "labelled";
  const shortage = arrives && !shelf?.expected && other !== undefined;
  const due = shortage
    ? rest(labelled(other.shelf?.expected), labelled(sibling(other.id)))
    : [];
  const sources: Sources = {
    parts,
    expected: shortage ? due : expected,
    open: arrives || mode === "count",
  };
  const choiceOf = (code: string) => parts.find((part) => part.code === code);
  const put = (row: PartRow) =>
    set(rows.map((each) => (each.part === row.part ? row : each)));
  return {
    rows,
    parts,
    mode,
    blind,
    near: shelf?.near === true,
    shortage,
    due,
    expected,
    ready: shelf !== null,
    selected,
    select,
    heard,
    choiceOf,
    put,
    /** Another part in the place of one, or beside what is there of it. */
    swap: (code: string, row: PartRow, kept: PartRow | null) => {
      const own = kept ? [kept, row] : [row];
      set(rows.flatMap((each) => (each.part === code ? own : [each])));
      select(row.part);
    },
    drop: (code: string) => set(rows.filter((row) => row.part !== code)),
    scanned: (text: string) => {
      if (!text.trim()) return;
      const next = scan(text, { rows, selected }, sources);
      setHeard((before) => ({ heard: next, at: (before?.at ?? 0) + 1 }));
      signal(next.ok);
      if (!next.ok) return;
      select(next.selected);
      set(next.rows);
    },
    /** Whether a text is a part code or serial, and no beginning of a name. */
    knows: (text: string) => knows(text, sources),
    /** What a row is compared with, where it is compared with anything. */
    compared: (row: PartRow): Compared | null => {
      if (mode === "count") return blind ? null : withBooks(row, choiceOf(row.part));
      const before = expected.find((each) => each.part === row.part);
      if (!arrives || !before) return null;
      return compare(row, before.quantity, before.serials ?? []);
    },
    uncounted: blind && rows.length > 0 ? uncounted(parts, rows) : [],
    fill: (filled: readonly PartRow[]) => {
      set(filled);
      select(null);
      setHeard(null);
    },
  };
}

export type PartsSheet = ReturnType<typeof usePartsSheet>;
