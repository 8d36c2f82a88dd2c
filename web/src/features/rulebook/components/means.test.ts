import { expect, test } from "vitest";
import type { RulebookClause } from "@/api/types";
import { chapters, meansOf } from "./means";

const clause = (id: string, status: string, ...kinds: string[]): RulebookClause =>
  ({
    id,
    number: id,
    zh: "",
    en: "",
    kind: "process-step",
    pack: id.startsWith("L") ? "law" : "own",
    chapter: { zh: `第${id[1]}章`, en: `Chapter ${id[1]}` },
    people: null,
    status,
    carriers: kinds.map((kind) => ({ kind, path: kind, at: "" })),
  }) as unknown as RulebookClause;

test.each([
  ["people", "people", []],
  ["uncovered", "uncovered", []],
  ["enforced", "enforced", ["require"]],
  ["enforced", "enforced", ["document", "deadline"]],
  ["enforced", "computed", ["table-row"]],
  ["enforced", "computed", ["term-row", "document"]],
  ["enforced", "printed", ["document", "message"]],
  ["enforced", "reported", ["message"]],
])("a clause that is %s is %s by %j", (status, expected, kinds) => {
  expect(meansOf(clause("E1", status, ...kinds))).toBe(expected);
});

test("chapters keep the order of the text and count each clause once", () => {
  const found = chapters([
    clause("E1", "enforced", "action"),
    clause("E1", "uncovered"),
    clause("E2", "people"),
    clause("L1", "enforced", "law-term"),
  ]);
  expect(found.map((chapter) => [chapter.key, chapter.all])).toEqual([
    ["own/第1章", 2],
    ["own/第2章", 1],
    ["law/第1章", 1],
  ]);
  expect(found[0]?.count).toMatchObject({ enforced: 1, uncovered: 1 });
  expect(found[2]?.count.computed).toBe(1);
});
