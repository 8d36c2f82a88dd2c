import { expect, test } from "vitest";
import { type ListColumn, shownColumns, ticked } from "./columns";

interface Row {
  a: string;
  b: string | null;
}

const columns: ListColumn<Row>[] = [
  { id: "a", name: "cases.number", fixed: true, cell: (row) => row.a },
  { id: "b", name: "cases.state", says: (row) => row.b !== null, cell: (row) => row.b },
  { id: "c", name: "cases.process", extra: true, cell: () => "" },
];
const ids = (shown: ListColumn<Row>[]) => shown.map((column) => column.id).join();

test("a list begins with the columns that say something", () => {
  expect(ids(shownColumns<Row>(columns, null, [{ a: "1", b: "x" }]))).toBe("a,b");
  expect(ids(shownColumns<Row>(columns, null, [{ a: "1", b: null }]))).toBe("a");
});

test("a chosen column is shown also when it says nothing, the fixed one always", () => {
  expect(ids(shownColumns<Row>(columns, ["b", "c"], [{ a: "1", b: null }]))).toBe("a,b,c");
  expect(ids(shownColumns<Row>(columns, [], []))).toBe("a");
});

test("ticking keeps the order of the list and forgets a choice that is the beginning", () => {
  expect(ticked(columns, null, "c")).toEqual(["a", "b", "c"]);
  expect(ticked(columns, ["a", "b", "c"], "c")).toBeNull();
  expect(ticked(columns, null, "b")).toEqual(["a"]);
});
