import { expect, test } from "vitest";
import { axis } from "./axis";

const line = axis("2025-03-18", "2027-03-18");

const places: [string, number][] = [
  ["2025-03-18", 0],
  ["2026-03-18", 50],
  ["2027-03-18", 100],
  ["2024-01-01", 0],
  ["2030-01-01", 100],
];
test.each(places)("%s stands at %d %%", (day, percent) => {
  expect(line.at(day)).toBeCloseTo(percent, 1);
});

test("the first and the last mark are the ends", () => {
  expect(line.ticks.map((tick) => tick.day)).toEqual([
    "2025-03-18",
    "2025-11-16",
    "2026-07-18",
    "2027-03-18",
  ]);
});
