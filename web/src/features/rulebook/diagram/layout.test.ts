import { expect, test } from "vitest";
import type { ProcessAction, ProcessPage } from "@/api/types";
import { LINE, diagram } from "./layout";
import { wrapped } from "./strokes";

const text = { zh: "x", en: "x" };
const states = ["received", "judging", "repairing", "inspecting", "delivered", "closed"];

function action(id: string, from: string[], to: string | null, more = {}): ProcessAction {
  return { id, title: text, track: "main", from, to, by: ["technician"], ...more };
}

const process: ProcessPage["process"] = {
  id: "p",
  title: text,
  number: "",
  start: action("open", [], "received"),
  state: states.map((id) => ({ id, title: text, track: "main", kind: "working", step: true })),
  action: [
    action("judge", ["received"], "judging"),
    action("repair", ["judging"], "repairing"),
    action("progress", ["repairing"], null),
    action("inspect", ["repairing"], "inspecting"),
    action("pass", ["inspecting"], "delivered", { branch: [{ when: "x", to: "repairing" }] }),
    action("skip", ["received"], "repairing"),
    action("close", ["received", "judging", "repairing", "inspecting"], "closed"),
  ],
  deadline: [
    { id: "soon", title: text, starts: ["enter main.judging"], stops: [], clause: [] },
    { id: "after", title: text, starts: ["action repair"], stops: [], clause: [] },
  ],
};

test("states stand in a column, acts lead down, round and back", () => {
  const drawn = diagram(process, "main");
  expect(drawn.boxes.map((box) => [box.state.id, box.ahead.map((note) => note.id)])).toEqual([
    ["received", ["judge"]],
    ["judging", ["repair", "soon"]],
    ["repairing", ["inspect", "after"]],
    ["inspecting", ["pass"]],
    ["delivered", []],
    ["closed", []],
  ]);
  expect(drawn.boxes[2]?.again).toEqual([{ kind: "again", id: "progress" }]);
  expect(drawn.arcs.map(({ side, from, to }) => [side, from, to])).toEqual([
    ["left", 3, 2],
    ["right", 0, 2],
  ]);
  expect(drawn.bundles).toMatchObject([{ to: 5, action: "close", count: 4 }]);
});

test("an act of another track moves this one along", () => {
  const more = {
    ...process,
    state: [
      ...process.state,
      ...["idle", "kept"].map((id) => ({
        id,
        title: text,
        track: "old",
        kind: "idle" as const,
        step: false,
      })),
    ],
    action: [
      action("label", ["repairing"], null, {
        also: [{ track: "old", from: ["idle"], to: "kept" }],
      }),
    ],
  };
  const [idle] = diagram(more, "old").boxes;
  expect(idle?.ahead).toEqual([{ kind: "act", id: "label", to: "kept" }]);
});

test("arcs over the same rows take different lanes", () => {
  const more = {
    ...process,
    action: [action("a", ["received"], "repairing"), action("b", ["judging"], "inspecting")],
  };
  const drawn = diagram(more, "main");
  expect(drawn.lanes.right).toBe(2);
  expect(new Set(drawn.arcs.map((arc) => arc.lane)).size).toBe(2);
});

test("words of one column never stand on each other, however long they are", () => {
  const more = {
    ...process,
    action: [
      action("a", ["judging"], "received"),
      action("b", ["repairing"], "received"),
      action("c", ["inspecting"], "judging"),
      ...process.action,
    ],
  };
  const drawn = diagram(more, "main", () => 3);
  const left = drawn.arcs.filter((arc) => arc.side === "left");
  const column = [
    ...left.map(({ labelY, actions }) => ({ top: labelY, lines: actions.length * 3 })),
    ...drawn.bundles.map(({ labelY }) => ({ top: labelY, lines: 3 })),
  ].sort((a, b) => a.top - b.top);
  expect(column.length).toBeGreaterThan(3);
  for (const [n, { top, lines }] of column.entries()) {
    expect(column[n + 1]?.top ?? Infinity).toBeGreaterThanOrEqual(top + lines * LINE);
  }
});

test("words break between words, Han anywhere, and lose nothing", () => {
  const check = (words: string, room: number, expected: string[]) =>
    expect(wrapped(words, room)).toEqual(expected);
  check("Judge", 100, ["Judge"]);
  check("Accept the card from the register", 105, ["Accept the card", "from the", "register"]);
  check("凭登记认卡", 30, ["凭登", "记认", "卡"]);
  check("", 100, []);
});
