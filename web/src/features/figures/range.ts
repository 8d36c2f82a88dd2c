/** First and last day, `2026-11-01`. */
export interface Range {
  from: string;
  to: string;
}

/** Periods one press away. */
export const presets = ["month", "last_month", "quarter", "year", "last_year", "days"] as const;
export type Preset = (typeof presets)[number];

const two = (n: number) => String(n).padStart(2, "0");
const first = (year: number, month: number) => `${year}-${two(month)}-01`;

/** The last day of a month. */
function last(year: number, month: number): string {
  const day = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${year}-${two(month)}-${two(day)}`;
}

/** The days of a preset, seen from a day. A period that is not over ends today. */
export function rangeOf(preset: Preset, today: string): Range {
  const [year = 2026, month = 1] = today.split("-").map(Number);
  if (preset === "last_month") {
    const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
    return { from: first(y, m), to: last(y, m) };
  }
  if (preset === "quarter") {
    return { from: first(year, month - ((month - 1) % 3)), to: today };
  }
  if (preset === "year") return { from: first(year, 1), to: today };
  if (preset === "last_year") return { from: first(year - 1, 1), to: last(year - 1, 12) };
  return { from: first(year, month), to: today };
}
