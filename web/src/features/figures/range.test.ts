import { expect, test } from "vitest";
import { rangeOf } from "./range";

test("a preset is the days people mean by it", () => {
  const check = (preset: Parameters<typeof rangeOf>[0], today: string, from: string, to: string) =>
    expect(rangeOf(preset, today)).toEqual({ from, to });
  check("month", "2026-11-22", "2026-11-01", "2026-11-22");
  check("last_month", "2026-03-31", "2026-02-01", "2026-02-28");
  check("last_month", "2026-01-05", "2025-12-01", "2025-12-31");
  check("quarter", "2026-11-22", "2026-10-01", "2026-11-22");
  check("year", "2026-11-22", "2026-01-01", "2026-11-22");
  check("last_year", "2028-02-29", "2027-01-01", "2027-12-31");
});
