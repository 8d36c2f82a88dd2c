import { expect, test } from "vitest";
import type { PriceHistoryRow } from "@/api/types";
import { standings } from "./standing";

const row = (effective_from: string, more: Partial<PriceHistoryRow> = {}): PriceHistoryRow => ({
  class: "retail",
  stars: null,
  amount: 100,
  ends: false,
  effective_from,
  clauses: [],
  entered_by: { id: "p", name: "n" },
  entered_at: "2026-11-20T00:00:00Z",
  ...more,
});

test("a row is ahead, in force, over or corrected, each class and level for itself", () => {
  const rows = [
    row("2026-12-01"),
    row("2026-11-21"),
    row("2026-11-21", { stars: 3 }),
    row("2026-11-21"),
    row("2026-10-01"),
    row("2026-10-01", { class: "wholesale" }),
  ];
  expect(standings(rows, "2026-11-21")).toEqual([
    "future",
    "current",
    "current",
    "replaced",
    "past",
    "current",
  ]);
});
