import { beforeEach, expect, test, vi } from "vitest";
import { Refused } from "@/api/client";
import type { Case } from "@/api/types";
import { act } from "../api/queries";
import { approvePlain, plainApproval, twins } from "./reviewing";

vi.mock("../api/queries", () => ({ act: vi.fn() }));
const done = vi.mocked(act);
beforeEach(() => done.mockReset());

const rows = [{ line: "part", amount: 12000 }];
const lines = (value: unknown = rows) => {
  return { id: "claim_lines", kind: "rows", visible: true, value };
};
const called = { id: "claim_called", kind: "yes_no", visible: true, value: null };

const claim = (fields: unknown[], more: { hits?: unknown[]; blocked?: unknown } = {}) =>
  ({
    data: { hits: more.hits ?? [] },
    actions: [
      { id: "review_claim", mine: true, blocked: more.blocked ?? null, form: { id: "f", fields } },
    ],
  }) as unknown as Case;

test("every line of a claim without a doubt is approved as it was claimed", () => {
  expect(plainApproval(claim([lines()]))).toEqual({
    claim_lines: [{ line: "part", amount: 12000, decision: "approve" }],
  });
});

test.each([
  ["a doubt", claim([lines()], { hits: [{ check: "photo" }] })],
  ["a call-back that was drawn", claim([lines(), called])],
  ["a line decided before", claim([lines([{ ...rows[0], decision: "send_back" }])])],
  ["an act that is refused", claim([lines()], { blocked: { sentence: "" } })],
  ["no line at all", claim([lines([])])],
])("somebody looks first where there is %s", async (_, one) => {
  expect(plainApproval(one)).toBeNull();
  expect(await approvePlain(one)).toBe(false);
  expect(done).not.toHaveBeenCalled();
});

test("a claim above the right of whoever decides stops none of the others", async () => {
  const problem = { code: "limit", detail: "above your right" };
  done.mockRejectedValueOnce(new Refused(422, problem as unknown as Refused["problem"]));
  expect(await approvePlain(claim([lines()]))).toBe(false);
  expect(await approvePlain(claim([lines()]))).toBe(true);
});

test("a server that cannot answer ends the batch", async () => {
  const problem = { code: "unavailable", detail: "later" };
  done.mockRejectedValueOnce(new Refused(503, problem as unknown as Refused["problem"]));
  await expect(approvePlain(claim([lines()]))).rejects.toThrow();
});

test("a picture used twice is marked on both sides", () => {
  const hits = [
    { check: "photo", case: "case_2", photos: ["file_1"], twins: ["file_2"] },
    { check: "serial", case: "case_3" },
  ];
  expect([...twins(hits, "the same")]).toEqual([
    ["file_1", "the same"],
    ["file_2", "the same"],
  ]);
});
