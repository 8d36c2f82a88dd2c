import { expect, test } from "vitest";
import type { DraftColumn, DraftTable } from "@/api/drafts";
import { type Key, spoken, translate } from "@/shared/i18n";
import { merge } from "./merge";
import {
  freeId,
  fromTsv,
  idOf,
  insert,
  move,
  put,
  rowsOf,
  type SheetRow,
  toTsv,
  wishOf,
} from "./model";
import { begun, done, toggled } from "./picking";
import { columnsOf } from "./columns";
import { copied, read, shown } from "./words";

const speech = {
  lang: "zh" as const,
  t: (key: Key, args?: Record<string, string | number>) => translate("zh", key, args),
  say: (text: Parameters<typeof spoken>[1]) => spoken("zh", text),
};

const column = (more: Partial<DraftColumn>): DraftColumn => ({
  header: "x",
  name: "x",
  output: false,
  title: null,
  kind: "text",
  unit: null,
  choices: [],
  ...more,
});

const part = column({
  header: "component",
  name: "component",
  choices: [
    { key: "frame", title: { zh: "车架", en: "Frame" } },
    { key: "fork", title: { zh: "前叉", en: "Fork" } },
    { key: "handlebar", title: { zh: "车把", en: "Handlebar" } },
  ],
});

const table: DraftTable = {
  pack: "ebike-maker",
  id: "coverage",
  title: null,
  hit_policy: "first",
  aggregate: null,
  total: true,
  editable: true,
  columns: [part, column({ header: "→covered", name: "covered", output: true, kind: "bool" })],
  rows: [
    { id: "weld", clause: ["EB-1", "EB-2"], cells: ["frame|fork", "yes"], from: "ebike-maker" },
    { id: "rest", clause: [], cells: ["", "no"], from: "ebike-maker" },
  ],
  version: 3,
};

test("what a person types becomes what the file writes", () => {
  const check = (typed: string, to: DraftColumn, expected: string) =>
    expect(read(typed, to), typed).toBe(expected);
  check("车架", part, "frame");
  check("车架、前叉", part, "frame|fork");
  check("Fork | frame", part, "fork|frame");
  check("≠车架", part, "not(frame)");
  check("not(车架|前叉)", part, "not(frame|fork)");
  check("坐垫", part, "坐垫");
  check("不限", part, "");
  const yesNo = column({ kind: "bool" });
  check("是", yesNo, "yes");
  check("ＮＯ", yesNo, "no");
  const percent = column({ kind: "number", unit: { zh: "%", en: "%" } });
  check("低于60%", percent, "< 60");
  check("60以上", percent, ">= 60");
  check("≤ 60", percent, "<= 60");
  check("５０~６０", percent, "[50..60]");
  check("7天以内", column({ kind: "time" }), "<= 7天");
  check("半年", column({ kind: "span" }), "半年");
});

test("what the file writes is read in words and goes to Excel and back", () => {
  const check = (cell: string, words: string) => {
    expect(shown(cell, part, speech), cell).toBe(words);
    expect(read(copied(cell, part, speech), part).replace(/^除 (.*) 外$/, ""), cell).toBe(
      cell.startsWith("not(") ? "" : cell,
    );
  };
  check("frame|fork", "车架 / 前叉");
  check("not(frame)", "除 车架 外");
  check("", "");
});

test("Excel's clipboard holds cells, lines and quotes", () => {
  const block = [
    ["a", 'b "c"'],
    ["", "x\ny"],
  ];
  expect(fromTsv(toTsv(block))).toEqual(block);
  expect(fromTsv("1\t2\r\n3\t4\r\n")).toEqual([
    ["1", "2"],
    ["3", "4"],
  ]);
});

test("a table comes back as it went; rows are put, added, doubled and moved", () => {
  const rows = rowsOf(table);
  const sent = table.rows.map(({ id, clause, cells }) => ({ id, clause, cells }));
  expect(wishOf(rows).rows).toEqual(sent);
  const pasted = put(rows, [0, 1], { row: 1, column: 0 }, [["fork"], ["handlebar"]]);
  expect(pasted.map((row) => row.values[0])).toEqual(["frame|fork", "fork", "handlebar"]);
  expect(pasted.map(idOf)).toEqual(["weld", "rest", "row-2"]);
  expect(put(rows, [0, 1], { row: 0, column: 0 }, [["frame|fork"]])[0]).toBe(rows[0]);
  const twice = insert(rows, 0, 4, rows[0]);
  expect(twice.map(idOf)).toEqual(["weld", "weld-2", "rest"]);
  expect(freeId(twice, "weld-2")).toBe("weld-3");
  expect(move(rows, 0, 1).map(idOf)).toEqual(["rest", "weld"]);
  expect(move(rows, 0, -1).map(idOf)).toEqual(["weld", "rest"]);
});

test("a cell of choices takes what fits, several, or none of them", () => {
  const [parts, covered] = columnsOf(table, rowsOf(table), speech);
  if (!parts || !covered) throw new Error("the table has two columns");
  const typed = begun("frame", parts, speech, "前");
  expect(done(typed, parts)).toBe("fork");
  const opened = begun("frame", parts, speech, null);
  expect(done(opened, parts)).toBe("frame");
  const both = toggled(opened, parts, "fork");
  expect(done(both, parts)).toBe("frame|fork");
  expect(done({ ...both, not: true }, parts)).toBe("not(frame|fork)");
  expect(done(toggled(both, parts, "frame"), parts)).toBe("fork");
  expect(done(begun("", parts, speech, "坐垫"), parts)).toBe("坐垫");
  expect(done(toggled(begun("yes", covered, speech, null), covered, "no"), covered)).toBe("no");
});

test("two people's edits are laid together, and a cell both changed is told", () => {
  const row = (id: string, ...cells: string[]): SheetRow => ({
    key: id,
    from: "",
    values: [...cells, "", id],
  });
  const base = [row("a", "1", "1"), row("b", "1", "1"), row("c", "1", "1")];
  const joined = merge(
    base,
    [row("a", "2", "1"), row("c", "1", "1"), row("mine", "9", "9")],
    [row("a", "1", "3"), row("b", "1", "1"), row("theirs", "8", "8"), row("c", "5", "1")],
  );
  expect(joined.clashes).toEqual([]);
  expect(joined.rows.map((each) => each.values.join(","))).toEqual([
    "2,3,,a",
    "8,8,,theirs",
    "5,1,,c",
    "9,9,,mine",
  ]);
  const [mine, theirs] = [row("a", "2", "1"), row("a", "7", "1")];
  const clash = merge(base, [mine, ...base.slice(1)], [theirs, ...base.slice(2)]);
  expect(clash.clashes).toEqual([{ row: "a", column: 0, mine: "2", theirs: "7" }]);
  expect(clash.rows.map(idOf)).toEqual(["a", "c"]);
});
