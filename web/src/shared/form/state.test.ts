import { describe, expect, test } from "vitest";
import type { Field, FormSchema } from "@/api/types";
import { empty, flaw, payload, valueOf } from "./state";

function field(part: Partial<Field>): Field {
  return {
    id: "f",
    title: { zh: "项", en: "Item" },
    kind: "text",
    required: false,
    visible: true,
    ...part,
  };
}

const form = (...fields: Field[]): FormSchema => ({
  id: "x",
  title: { zh: "表", en: "Form" },
  fields,
});

describe("empty", () => {
  const cases: [unknown, boolean][] = [
    [null, true],
    ["", true],
    [[], true],
    [{}, true],
    [{ value: null }, true],
    [false, false],
    [0, false],
    [{ value: 0 }, false],
  ];
  test.each(cases)("%j is %s", (value, expected) => expect(empty(value)).toBe(expected));
});

describe("a flaw the browser sees", () => {
  const slots = [
    { id: "plate", title: { zh: "铭牌", en: "Plate" } },
    { id: "fault", title: { zh: "故障", en: "Fault" } },
  ];
  const list: Partial<Field> = { kind: "checklist", required: true, choices: slots };
  const cases: [string, Partial<Field>, unknown, string | null][] = [
    ["nothing in a required field", { required: true }, "", "required"],
    ["nothing in an optional field", {}, "", null],
    ["a no is an answer", { kind: "yes_no", required: true }, false, null],
    ["a number below its least", { kind: "number", min: 0 }, -1, "tooSmall"],
    ["a number above its most", { kind: "number", max: 100 }, 120, "tooLarge"],
    ["a measurement without value", { kind: "measurement" }, { instrument: "BT" }, "incomplete"],
    ["a measured value above", { kind: "measurement", max: 100 }, { value: 101 }, "tooLarge"],
    ["half a checklist", list, { plate: true }, "incomplete"],
    ["a whole checklist", list, { plate: true, fault: false }, null],
    ["too few photos", { kind: "photos", min: 2 }, [{ file: "file_1" }], "tooFew"],
  ];
  test.each(cases)("%s", (_, part, value, expected) => {
    expect(flaw(field(part), value)).toBe(expected);
  });
});

test("what the person touched stays, what they left follows the server", () => {
  const served = field({ value: "from the server" });
  expect(valueOf(served, {})).toBe("from the server");
  expect(valueOf(served, { f: "typed" })).toBe("typed");
  expect(valueOf(served, { f: null })).toBe(null);
  expect(valueOf(field({ kind: "computed", value: 3 }), { f: 9 })).toBe(3);
});

test("hidden, empty and computed fields are not submitted", () => {
  const schema = form(
    field({ id: "a", value: 1, kind: "number" }),
    field({ id: "b", value: 2, kind: "number", visible: false }),
    field({ id: "c", value: 3, kind: "computed" }),
    field({ id: "d", value: "" }),
  );
  expect(payload(schema, {})).toEqual({ a: 1 });
});

test("a preview fills prices and payers the person left open, and nothing they typed", () => {
  const line = { id: "1", kind: "part", title: "x", quantity: 1000 };
  const lines = field({
    kind: "lines",
    value: [{ ...line, unit_price: 8000, list_price: 8000, payer: "maker", amount: 8000 }],
  });
  expect(valueOf(lines, { f: [{ ...line, unit_price: null, payer: null }] })).toMatchObject([
    { unit_price: 8000, payer: "maker", list_price: 8000 },
  ]);
  expect(valueOf(lines, { f: [{ ...line, unit_price: 500, payer: "customer" }] })).toMatchObject([
    { unit_price: 500, payer: "customer" },
  ]);
  const sent = payload(form(lines), { f: [{ ...line, unit_price: 500, payer: "customer" }] });
  expect(sent).toEqual({ f: [{ ...line, unit_price: 500, payer: "customer" }] });
});

test("what a table charges comes and goes with the facts, whatever lines were typed", () => {
  const typed = { id: "1", kind: "labour", title: "x", quantity: 1000, unit_price: 1, payer: null };
  const near = "travel/near";
  const travel = { id: near, kind: "travel", title: "t", quantity: 1000, rule: near };
  const far = { ...travel, id: "travel/far", rule: "travel/far", quantity: 18000 };
  const lines = field({ kind: "lines", value: [{ ...typed, payer: "customer" }, far] });
  const shown = valueOf(lines, { f: [typed, travel, { ...far, quantity: 1, declined: true }] });
  expect(shown).toMatchObject([{ id: "1" }, { id: "travel/far", quantity: 18000, declined: true }]);
  expect(valueOf(lines, { f: [typed] })).toMatchObject([{ id: "1" }, { id: "travel/far" }]);
});

test("rows of parts somebody took away are sent as none, not left to be filled again", () => {
  const row = { part: "TUB-16", quantity: 2, booked: 9, title: { zh: "内胎", en: "Tube" } };
  const parts = form(field({ kind: "parts", value: [row] }));
  expect(payload(parts, {})).toEqual({ f: [{ part: "TUB-16", quantity: 2 }] });
  expect(payload(parts, { f: [] })).toEqual({ f: [] });
  expect(payload(form(field({ kind: "parts" })), {})).toEqual({});
});
