import type { KeyboardEvent } from "react";
import type { SheetColumn } from "./columns";
import { boxOf, idOf, insert, move, put, remove, type SheetRow, type Spot } from "./model";
import { type Editing, done, fitting, toggled } from "./picking";
import type { SheetState } from "./useSheet";

export interface Hands {
  sheet: SheetState;
  columns: readonly SheetColumn[];
  /** Places of the rows shown, among all rows. */
  view: readonly number[];
  editable: boolean;
  editing: Editing | null;
  setEditing: (editing: Editing | null) => void;
  begin: (typed: string | null) => void;
  /** Rows one page down. */
  page: number;
}

/** What keys do in a sheet; those of an input method are left to it. */
export function useKeys(hands: Hands) {
  const { sheet, columns, view, editable, editing, setEditing, begin } = hands;
  const { cursor, anchor, rows } = sheet;
  const column = columns[cursor.column];
  const clamp = (spot: Spot): Spot => ({
    row: Math.min(Math.max(spot.row, 0), Math.max(view.length - 1, 0)),
    column: Math.min(Math.max(spot.column, 0), columns.length - 1),
  });
  const go = (down: number, right: number, extend = false) => {
    const next = clamp({ row: cursor.row + down, column: cursor.column + right });
    sheet.select(next, extend ? anchor : undefined);
  };
  const change = (next: readonly SheetRow[]) => editable && sheet.change(next);
  const commit = (now: Editing | null = editing) => {
    if (!now || !column) return;
    setEditing(null);
    const value = done(now, column);
    const row = rows[view[cursor.row] ?? -1];
    if (row && row.values[cursor.column] !== value) change(put(rows, view, cursor, [[value]]));
  };
  const box = boxOf(cursor, anchor);
  const picked = view.slice(box.top, box.bottom + 1);
  const clear = () => {
    const width = box.right - box.left + 1;
    const empty = picked.map(() => Array<string>(width).fill(""));
    // An id names the row for everybody; it is typed over, never wiped.
    const last = columns.length - 1;
    const kept = empty.map((line, i) =>
      box.right < last ? line : [...line.slice(0, -1), idOf(rows[picked[i] ?? 0]!)],
    );
    change(put(rows, view, { row: box.top, column: box.left }, kept));
  };
  const acts = {
    add: () => {
      change(insert(rows, view[cursor.row] ?? rows.length - 1, columns.length));
      sheet.select({ row: view.length === 0 ? 0 : cursor.row + 1, column: 0 });
    },
    twice: () => {
      const at = view[cursor.row];
      const row = at === undefined ? undefined : rows[at];
      if (at === undefined || !row) return;
      change(insert(rows, at, columns.length, row));
      sheet.select({ row: cursor.row + 1, column: cursor.column });
    },
    step: (by: -1 | 1) => {
      const at = view[cursor.row];
      if (at === undefined || view.length !== rows.length) return;
      change(move(rows, at, by));
      go(by, 0);
    },
    drop: () => {
      const gone = new Set(picked.map((at) => rows[at]?.key ?? ""));
      change(remove(rows, gone));
      sheet.select(clamp({ row: Math.min(box.top, view.length - gone.size - 1), column: 0 }));
    },
  };
  const idle = (event: KeyboardEvent): boolean => {
    const ctrl = event.ctrlKey || event.metaKey;
    const { key, shiftKey: shift } = event;
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) {
      acts.step(key === "ArrowUp" ? -1 : 1);
      return true;
    }
    const far = ctrl ? Number.MAX_SAFE_INTEGER / 2 : 1;
    const ways: Record<string, () => void> = {
      ArrowUp: () => go(-far, 0, shift),
      ArrowDown: () => go(far, 0, shift),
      ArrowLeft: () => go(0, -far, shift),
      ArrowRight: () => go(0, far, shift),
      Home: () => go(ctrl ? -rows.length : 0, -columns.length, shift),
      End: () => go(ctrl ? rows.length : 0, columns.length, shift),
      PageUp: () => go(-hands.page, 0, shift),
      PageDown: () => go(hands.page, 0, shift),
      Enter: () => begin(null),
      F2: () => begin(null),
      Delete: () => (ctrl ? acts.drop() : clear()),
      Backspace: clear,
      Insert: acts.add,
      Escape: () => sheet.select(cursor),
    };
    if (ctrl && key.toLowerCase() === "z") (shift ? sheet.redo : sheet.undo)();
    else if (ctrl && key.toLowerCase() === "y") sheet.redo();
    else if (ctrl && key.toLowerCase() === "a") {
      sheet.select({ row: view.length - 1, column: columns.length - 1 }, { row: 0, column: 0 });
    } else if (ways[key]) ways[key]();
    else return tab(event);
    return true;
  };
  // At the last cell Tab leaves the sheet, so that nobody is caught in it.
  const tab = (event: KeyboardEvent): boolean => {
    if (event.key !== "Tab") return false;
    const by = event.shiftKey ? -1 : 1;
    const column = cursor.column + by;
    const row = cursor.row + (column < 0 ? -1 : column >= columns.length ? 1 : 0);
    if (row < 0 || row >= view.length) return false;
    sheet.select({ row, column: (column + columns.length) % columns.length });
    return true;
  };
  const writing = (event: KeyboardEvent, now: Editing): boolean => {
    const options = column && column.choices.length > 0 ? fitting(column, now.text) : null;
    const leave = (down: number) => {
      commit();
      go(down, 0);
    };
    switch (event.key) {
      case "Escape":
        setEditing(null);
        return true;
      case "Enter":
        leave(event.shiftKey ? -1 : 1);
        return true;
      case "Tab":
        commit();
        return tab(event);
      case "ArrowDown":
      case "ArrowUp": {
        const by = event.key === "ArrowDown" ? 1 : -1;
        if (options) {
          const at = Math.min(Math.max(now.at + by, 0), options.length - 1);
          setEditing({ ...now, at });
        } else if (now.over) leave(by);
        else return false;
        return true;
      }
      case "|":
      case "、": {
        const option = options?.[Math.max(now.at, 0)];
        if (!option || !column || now.text === "") return false;
        setEditing(toggled(now, column, option.key));
        return true;
      }
      case "Backspace":
        if (!options || now.text !== "" || now.picks.length === 0) return false;
        setEditing({ ...now, picks: now.picks.slice(0, -1) });
        return true;
      default:
        return false;
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const used = editing ? writing(event, editing) : idle(event);
    if (used) event.preventDefault();
  };
  return { press, commit, acts, box };
}
