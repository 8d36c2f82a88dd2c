import type { SheetColumn } from "./columns";
import { read, shown } from "./words";
import type { Speech } from "@/shared/i18n";

/** A cell while it is typed in. */
export interface Editing {
  /** What stands in the box: the text itself, or what the choices are searched by. */
  text: string;
  /** Keys that are chosen. */
  picks: readonly string[];
  /** None of these instead of one of these. */
  not: boolean;
  /** The choice that Enter takes. */
  at: number;
  /** Begun by typing over: then arrows leave the cell. */
  over: boolean;
}

const negated = /^not\((.*)\)$/;

/** Begins to edit: with what the cell says, or over it. */
export function begun(
  cell: string,
  column: SheetColumn,
  speech: Speech,
  typed: string | null,
): Editing {
  const empty = { picks: [], not: false, at: 0 };
  if (typed !== null) return { ...empty, text: typed, over: true };
  if (column.choices.length === 0) return { ...empty, text: cell, over: false };
  const not = negated.exec(cell);
  const keys = (not?.[1] ?? cell).split("|").map((key) => key.trim());
  const known = keys.every((key) => key === "" || column.choices.some((c) => c.key === key));
  if (!known) return { ...empty, text: shown(cell, column, speech), over: false };
  const picks = keys.filter((key) => key !== "");
  return { text: "", picks, not: not !== null, at: -1, over: false };
}

/** The choices that fit what is typed; the nearest first. */
export function fitting(column: SheetColumn, text: string): SheetColumn["choices"] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return column.choices;
  return column.choices.filter(({ key, title }) =>
    [key, title.zh, title.en].some((word) => word.toLowerCase().includes(wanted)),
  );
}

/** One more choice, or one less; of an answer there is one only. */
export function toggled(editing: Editing, column: SheetColumn, key: string): Editing {
  if (column.output) return { ...editing, text: "", picks: [key] };
  const { picks } = editing;
  const has = picks.includes(key);
  return {
    ...editing,
    text: "",
    at: -1,
    picks: has ? picks.filter((each) => each !== key) : [...picks, key],
  };
}

/** What the cell will say. */
export function done(editing: Editing, column: SheetColumn): string {
  if (column.choices.length === 0) return read(editing.text, column);
  let { picks } = editing;
  const text = editing.text.trim();
  const exact = read(text, column);
  const known = exact.split("|").every((key) => column.choices.some((c) => c.key === key));
  const choice = fitting(column, text)[Math.max(editing.at, 0)];
  if (text !== "" && !known && !choice) return exact;
  if (text !== "" && known) picks = column.output ? [exact] : [...picks, ...exact.split("|")];
  else if (choice && (text !== "" || editing.at >= 0)) {
    picks = column.output ? [choice.key] : [...picks, choice.key];
  }
  const keys = [...new Set(picks)].join("|");
  return editing.not && keys !== "" ? `not(${keys})` : keys;
}
