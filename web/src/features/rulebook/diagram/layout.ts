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
  /** Where its words begin. */
  labelY: number;
}

/** An act possible from many states, drawn once at its target. */
export interface Bundle {
  to: number;
  action: string;
  count: number;
  /** Where its words begin, in the column of what leads back. */
  labelY: number;
}

/** How many lines the words of a note take in their column. */
export type Lines = (
  note: Pick<Note, "id" | "kind" | "to">,
  place: "ahead" | "again" | "aside" | "bundle",
) => number;

export interface Diagram {
  boxes: Box[];
  arcs: Arc[];
  bundles: Bundle[];
  height: number;
  lanes: { left: number; right: number };
}

export const BOX_H = 38;
export const LINE = 17;
const MIN_GAP = 34;
/** Between the words of two arrows in one column. */
const LABEL_GAP = 9;
const MANY = 3;

/** The states of one track as a column in the order of the file, and the acts between them. */
export function diagram(process: Process, track: string, lines: Lines = () => 1): Diagram {
  const states = process.state.filter((state) => state.track === track);
  const row = new Map(states.map((state, i) => [state.id, i]));
  const boxes: Box[] = states.map((state) => ({ state, y: 0, ahead: [], again: [], down: false }));
  const edges = new Map<string, Note[]>();
  const bundles: Bundle[] = [];
  for (const { id, sources, targets } of moves(process, track)) {
    if (sources.length > MANY && targets.length === 1) {
      const to = row.get(targets[0] ?? "");
      if (to !== undefined) bundles.push({ to, action: id, count: sources.length, labelY: 0 });
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
    const tall = (place: "ahead" | "again") =>
      box[place].reduce((sum, note) => sum + lines(note, place), 0);
    y += BOX_H + Math.max(MIN_GAP, Math.max(tall("ahead"), tall("again")) * LINE + 16);
  }
  const lanes = { left: lane(arcs, "left"), right: lane(arcs, "right") };
  const words = (arc: Arc): Words => ({
    middle: ((boxes[arc.from]?.y ?? 0) + (boxes[arc.to]?.y ?? 0) + BOX_H) / 2,
    lines: arc.actions.reduce((sum, note) => sum + lines(note, "aside"), 0),
    of: arc,
  });
  const many = (bundle: Bundle): Words => ({
    middle: (boxes[bundle.to]?.y ?? 0) + BOX_H / 2,
    lines: lines({ kind: "act", id: bundle.action }, "bundle"),
    of: bundle,
  });
  const left = arcs.filter((arc) => arc.side === "left").map(words);
  const right = arcs.filter((arc) => arc.side === "right").map(words);
  const foot = Math.max(spread([...left, ...bundles.map(many)]), spread(right));
  return { boxes, arcs, bundles, height: Math.max(y, foot), lanes };
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

interface Words {
  middle: number;
  lines: number;
  of: { labelY: number };
}

// Words stand at the middle of their arrow, pushed down where another's already are. Returns where
// the last of them ends.
function spread(column: Words[]): number {
  column.sort((a, b) => a.middle - b.middle);
  let free = 0;
  for (const { middle, lines, of } of column) {
    const top = Math.max(middle - (lines * LINE) / 2, free);
    of.labelY = top + LINE - 4;
    free = top + lines * LINE + LABEL_GAP;
  }
  return free;
}
