import { expect, test } from "vitest";
import type { Action, Case, Field } from "@/api/types";
import { actsFor } from "./batch";

const action = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  title: { zh: id, en: id },
  mark: "plain" as Action["mark"],
  track: "main",
  mine: true,
  batch: true,
  by: [],
  blocked: null,
  form: null,
  approvals: null,
  handed: null,
  may_hand_on: false,
  on_behalf: null,
  passes: [],
  lifts: [],
  ...more,
});
const asking = (kind: Field["kind"], value: unknown = null) => ({
  form: {
    id: "f",
    title: { zh: "", en: "" },
    fields: [{ id: "x", kind, required: true, visible: true, value } as unknown as Field],
  },
});
const one = (id: string, actions: Action[]) =>
  ({ id, process: { id: "repair_order", title: { zh: "", en: "" } }, actions }) as unknown as Case;
const named = (cases: Case[]) =>
  actsFor(cases).map((each) => `${each.action.id} ${each.cases.length}`);

test("an act is offered for the cases that allow it, the most frequent first", () => {
  const cases = [
    one("1", [action("assign"), action("route")]),
    one("2", [action("route")]),
    one("3", [action("route"), action("assign")]),
  ];
  expect(named(cases)).toEqual(["route 3", "assign 2"]);
});

test("what the rule does not let be done together, or is not free, is not offered", () => {
  const each = (more: Partial<Action>) => [
    one("1", [action("a", more)]),
    one("2", [action("a", more)]),
  ];
  expect(named(each(asking("person", "PE1")))).toEqual(["a 2"]);
  expect(named(each({ batch: false }))).toEqual([]);
  expect(named(each({ mine: false }))).toEqual([]);
  expect(named(each({ blocked: {} as Action["blocked"] }))).toEqual([]);
  expect(named(each({ needs_reason: true }))).toEqual([]);
});

test("acts whose forms ask other things are not one act", () => {
  const cases = [
    one("1", [action("a", asking("text"))]),
    one("2", [action("a", asking("date"))]),
  ];
  expect(named(cases)).toEqual([]);
});
