import type { ProcessAction, ProcessPage } from "@/api/types";

type Process = ProcessPage["process"];
type State = Process["state"][number];

/** One line of words beside an arrow. */
export interface Note {
  kind: "act" | "again" | "deadline";
  /** The action or deadline it names. */
  id: string;
  /** The state it leads to, where an act has several ends. */
  to?: string;
}

/** A state of the track as a box in its row. */
export interface Box {
  state: State;
  y: number;
  /** Acts that lead on to the next row, and deadlines that run here: right of the arrow. */
  ahead: Note[];
  /** Acts that stay: left of the arrow. */
  again: Note[];
  /** Whether an arrow leads straight down to the next box. */
  down: boolean;
}

/** An arrow that leaves the column: forward over rows on the right, back on the left. */
export interface Arc {
  side: "left" | "right";
  from: number;
  to: number;
  lane: number;
  actions: Note[];
  /** Where its words stand. */
  labelY: number;
}

/** An act possible from many states, drawn once at its target. */
export interface Bundle {
  to: number;
  action: string;
  count: number;
}

export interface Diagram {
  boxes: Box[];
  arcs: Arc[];
  bundles: Bundle[];
  height: number;
  lanes: { left: number; right: number };
}

export const BOX_H = 38;
const LINE = 18;
const MIN_GAP = 34;
const LABEL_GAP = 17;
const MANY = 3;

/** The states of one track as a column in the order of the file, and the acts between them. */
export function diagram(process: Process, track: string): Diagram {
  const states = process.state.filter((state) => state.track === track);
  const row = new Map(states.map((state, i) => [state.id, i]));
  const boxes: Box[] = states.map((state) => ({ state, y: 0, ahead: [], again: [], down: false }));
  const edges = new Map<string, Note[]>();
  const bundles: Bundle[] = [];
  for (const { id, sources, targets } of moves(process, track)) {
    if (sources.length > MANY && targets.length === 1) {
      const to = row.get(targets[0] ?? "");
      if (to !== undefined) bundles.push({ to, action: id, count: sources.length });
      continue;
    }
    for (const from of sources.flatMap((source) => row.get(source) ?? [])) {
      if (targets.length === 0) boxes[from]?.again.push({ kind: "again", id });
      for (const target of targets) {
        const to = row.get(target);
        const key = `${from}>${to}`;
        if (to === from) boxes[from]?.again.push({ kind: "again", id });
        else if (to !== undefined) {
          edges.set(key, [...(edges.get(key) ?? []), { kind: "act", id, to: target }]);
        }
      }
    }
  }
  for (const deadline of process.deadline) {
    const at = runsIn(process, deadline.starts, track);
    const box = at === null ? undefined : boxes[row.get(at) ?? -1];
    box?.ahead.push({ kind: "deadline", id: deadline.id });
  }
  const arcs: Arc[] = [];
  for (const [key, actions] of edges) {
    const [from = 0, to = 0] = key.split(">").map(Number);
    if (to === from + 1) {
      const box = boxes[from];
      box?.ahead.unshift(...actions);
      if (box) box.down = true;
    } else {
      arcs.push({ side: to > from ? "right" : "left", from, to, lane: 0, actions, labelY: 0 });
    }
  }
  let y = process.start.track === track ? 56 : 8;
  for (const box of boxes) {
    box.y = y;
    const lines = Math.max(box.ahead.length, box.again.length);
    y += BOX_H + Math.max(MIN_GAP, lines * LINE + 16);
  }
  const lanes = { left: lane(arcs, "left"), right: lane(arcs, "right") };
  for (const side of ["left", "right"] as const) spread(arcs, side, boxes);
  return { boxes, arcs, bundles, height: y, lanes };
}

interface Move {
  id: string;
  sources: string[];
  targets: string[];
}

// The acts of this track, and those of others that move it along.
function moves(process: Process, track: string): Move[] {
  return [process.start, ...process.action].flatMap((action) => {
    const { id } = action;
    const own = action.track === track && action !== process.start;
    const others = (action.also ?? []).filter((also) => also.track === track);
    return [
      ...(own ? [{ id, sources: action.from, targets: ends(action) }] : []),
      ...others.map((also) => ({ id, sources: also.from ?? [], targets: [also.to] })),
    ];
  });
}

function ends(action: ProcessAction): string[] {
  const all = [action.to, ...(action.branch ?? []).map((branch) => branch.to)];
  return [...new Set(all.filter((id): id is string => Boolean(id)))];
}

// The state in whose time a deadline runs: the one entered, or the one its starting act leads to.
function runsIn(process: Process, starts: readonly string[], track: string): string | null {
  for (const start of starts) {
    const [verb, name = ""] = start.split(" ");
    if (verb === "action") {
      const action = [process.start, ...process.action].find((each) => each.id === name);
      if (action && action.track === track) return ends(action)[0] ?? action.from[0] ?? null;
      continue;
    }
    const [of, id] = name.includes(".") ? name.split(".") : ["main", name];
    if (of === track && id) return id;
  }
  return null;
}

// Short arcs inside, long ones outside; two that share rows never share a lane.
function lane(arcs: Arc[], side: Arc["side"]): number {
  const mine = arcs.filter((arc) => arc.side === side);
  mine.sort((a, b) => Math.abs(a.to - a.from) - Math.abs(b.to - b.from));
  const taken: [number, number][][] = [];
  for (const arc of mine) {
    const [low, high] = [Math.min(arc.from, arc.to), Math.max(arc.from, arc.to)];
    let free = taken.findIndex((used) => used.every(([a, b]) => high < a || low > b));
    if (free < 0) free = taken.push([]) - 1;
    taken[free]?.push([low, high]);
    arc.lane = free;
  }
  return taken.length;
}

// Words stand at the middle of their arc, pushed down where another's already are.
function spread(arcs: Arc[], side: Arc["side"], boxes: Box[]): void {
  const mine = arcs.filter((arc) => arc.side === side);
  const middle = (arc: Arc) => ((boxes[arc.from]?.y ?? 0) + (boxes[arc.to]?.y ?? 0)) / 2;
  mine.sort((a, b) => middle(a) - middle(b));
  let free = 0;
  for (const arc of mine) {
    arc.labelY = Math.max(middle(arc) + BOX_H / 2, free);
    free = arc.labelY + LABEL_GAP * arc.actions.length;
  }
}
