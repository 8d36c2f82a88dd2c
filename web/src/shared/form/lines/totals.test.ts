import { expect, test } from "vitest";
import type { Line } from "@/api/types";
import { amount, totals } from "./totals";

const line = (part: Partial<Line>): Line => ({
  id: "1",
  kind: "part",
  title: "x",
  quantity: 1000,
  unit_price: 1800,
  ...part,
});

const amounts: [string, Partial<Line>, number | null][] = [
  ["one piece", {}, 1800],
  ["half an hour", { quantity: 500, unit_price: 8000 }, 4000],
  ["half a fen goes up", { quantity: 500, unit_price: 1 }, 1],
  ["a third of a price", { quantity: 333, unit_price: 100 }, 33],
  ["no price yet", { unit_price: null }, null],
];
test.each(amounts)("%s", (_, part, expected) => expect(amount(line(part))).toBe(expected));

test("each payer's share, declined items only counted", () => {
  const { shares, declined } = totals([
    line({ payer: "maker", unit_price: 128000 }),
    line({ payer: "customer" }),
    line({ payer: "customer", declined: true }),
    line({}),
  ]);
  expect(shares).toEqual([
    ["customer", 1800],
    ["maker", 128000],
    ["open", 1800],
  ]);
  expect(declined).toBe(1);
});
