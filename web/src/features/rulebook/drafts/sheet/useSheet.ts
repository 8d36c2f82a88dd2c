import { useCallback, useReducer } from "react";
import type { SheetRow, Spot } from "./model";

interface State {
  rows: readonly SheetRow[];
  past: readonly (readonly SheetRow[])[];
  future: readonly (readonly SheetRow[])[];
  /** The active cell, by place among the rows shown. */
  cursor: Spot;
  /** The other corner of the selection. */
  anchor: Spot;
}

type Act =
  | { do: "change"; rows: readonly SheetRow[] }
  | { do: "load"; rows: readonly SheetRow[] }
  | { do: "undo" }
  | { do: "redo" }
  | { do: "select"; cursor: Spot; anchor?: Spot };

/** Steps that can be taken back. */
const STEPS = 200;

function next(state: State, act: Act): State {
  switch (act.do) {
    case "change":
      return {
        ...state,
        rows: act.rows,
        past: [...state.past.slice(1 - STEPS), state.rows],
        future: [],
      };
    case "load":
      return { ...state, rows: act.rows };
    case "undo": {
      const before = state.past.at(-1);
      if (!before) return state;
      const future = [state.rows, ...state.future];
      return { ...state, rows: before, past: state.past.slice(0, -1), future };
    }
    case "redo": {
      const [after, ...future] = state.future;
      if (!after) return state;
      return { ...state, rows: after, past: [...state.past, state.rows], future };
    }
    case "select":
      return { ...state, cursor: act.cursor, anchor: act.anchor ?? act.cursor };
  }
}

const start = { row: 0, column: 0 };

/** Rows with their history and what is selected in them. */
export function useSheet(rows: readonly SheetRow[]) {
  const [state, dispatch] = useReducer(next, {
    rows,
    past: [],
    future: [],
    cursor: start,
    anchor: start,
  });
  return {
    ...state,
    change: useCallback((to: readonly SheetRow[]) => dispatch({ do: "change", rows: to }), []),
    load: useCallback((to: readonly SheetRow[]) => dispatch({ do: "load", rows: to }), []),
    undo: useCallback(() => dispatch({ do: "undo" }), []),
    redo: useCallback(() => dispatch({ do: "redo" }), []),
    select: useCallback(
      (cursor: Spot, anchor?: Spot) =>
        dispatch(anchor ? { do: "select", cursor, anchor } : { do: "select", cursor }),
      [],
    ),
  };
}

export type SheetState = ReturnType<typeof useSheet>;
