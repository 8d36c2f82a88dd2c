import { expect, test } from "vitest";
import type { Action, Mark, TimelineEntry } from "@/api/types";
import { nextAct } from "./nextAct";

const text = { zh: "x", en: "x" };

function action(id: string, mark: Mark, more: Partial<Action> = {}): Action {
  const granted = {
    approvals: null,
    handed: null,
    may_hand_on: false,
    on_behalf: null,
    lifts: [],
  };
  const rest = { track: "main", batch: false, mine: true, by: [], form: null, passes: [] };
  return { id, title: text, mark, blocked: null, ...granted, ...rest, ...more };
}

function done(subject: string, at: string): TimelineEntry {
  return {
    id: at,
    event: "action",
    subject,
    title: text,
    actor: null,
    counter: null,
    on_behalf: null,
    occurred_at: at,
    recorded_at: at,
    late: false,
    moves: [],
    why: [],
    form_summary: [],
  };
}

const refused = { blocked: { code: "x", detail: "x" } };

const cases: [string, Action[], TimelineEntry[], string | null][] = [
  ["primary before secondary", [action("a", "secondary"), action("b", "primary")], [], "b"],
  ["possible before refused", [action("a", "primary", refused), action("b", "primary")], [], "b"],
  ["a refused one rather than none", [action("a", "primary", refused)], [], "a"],
  ["nothing of somebody else", [action("a", "primary", { mine: false })], [], null],
  [
    "what was not done yet",
    [action("judge", "primary"), action("estimate", "primary")],
    [done("judge", "2026-11-21T02:00:00Z")],
    "estimate",
  ],
  [
    "what was done longest ago",
    [action("judge", "primary"), action("estimate", "primary")],
    [done("estimate", "2026-11-21T01:00:00Z"), done("judge", "2026-11-21T02:00:00Z")],
    "estimate",
  ],
];

test.each(cases)("%s", (_, actions, timeline, expected) => {
  expect(nextAct({ actions, timeline })?.id ?? null).toBe(expected);
});

test("what I approved already waits for others, not for me", () => {
  const approvals = { given: [], missing: [text], needed: 2, mine: true };
  const actions = [action("approve", "primary", { approvals }), action("file", "primary")];
  expect(nextAct({ actions, timeline: [] })?.id).toBe("file");
});
