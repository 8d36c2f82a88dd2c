import { useState } from "react";
import type { PartRow } from "@/api/types";
import type { FieldProps } from "../skin";
import { useFormContext } from "../skin";
import { compare, rest, uncounted, withBooks } from "./compare";
import type { Compared } from "./compare";
import { type Heard, type Sources, knows, scan } from "./scan";
import { signal } from "./signal";

export type Mode = "count" | "shelf" | "old" | "free";

const modes: Record<string, Mode> = { count: "count", stock: "shelf", old: "old" };

/** The rows of one field of parts without their looks: what a scan, a key and a button do. */
export function usePartsSheet({ field, value, set }: FieldProps) {
  const { fields, sibling } = useFormContext();
  const [selected, select] = useState<string | null>(null);
  const [heard, setHeard] = useState<{ heard: Heard; at: number } | null>(null);
  const rows = (value as PartRow[] | null) ?? [];
  const shelf = field.shelf ?? null;
  const parts = shelf?.parts ?? [];
  const expected = (shelf?.expected as PartRow[] | null | undefined) ?? [];
  const mode = modes[field.catalog ?? ""] ?? "free";
  const blind = shelf?.blind === true;
  const other = fields.find(
    (each) => each.kind === "parts" && each.id !== field.id && each.shelf?.expected,
  );
  const shortage = mode === "free" && !shelf?.expected && other !== undefined;
  const due = shortage
    ? rest(other.shelf?.expected as PartRow[], (sibling(other.id) as PartRow[] | null) ?? [])
    : [];
  const sources: Sources = {
    parts,
    expected: shortage ? due : expected,
    open: mode === "free" || mode === "count",
  };
  const choiceOf = (code: string) => parts.find((part) => part.code === code);
  const put = (row: PartRow) =>
    set(rows.map((each) => (each.part === row.part ? row : each)));
  return {
    rows,
    parts,
    mode,
    blind,
    shortage,
    due,
    expected,
    ready: shelf !== null,
    selected,
    select,
    heard,
    choiceOf,
    put,
    /** Another part in the place of one. */
    swap: (code: string, row: PartRow) => {
      set(rows.map((each) => (each.part === code ? row : each)));
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
      if (mode !== "free" || !before) return null;
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
