import { dayNumber } from "@/shared/time/format";

/** Positions on the axis of coverage, in percent of its width. */
export interface Axis {
  at: (day: string) => number;
  ticks: { day: string; at: number }[];
}

const TICKS = 4;

/** An axis from one day to another with a few month marks. */
export function axis(from: string, to: string): Axis {
  const first = dayNumber(from);
  const length = Math.max(dayNumber(to) - first, 1);
  const at = (day: string) =>
    Math.min(100, Math.max(0, ((dayNumber(day) - first) / length) * 100));
  const ticks = Array.from({ length: TICKS }, (_, i) => {
    const number = first + Math.round((length * i) / (TICKS - 1));
    const day = new Date(number * 86_400_000).toISOString().slice(0, 10);
    return { day, at: (i / (TICKS - 1)) * 100 };
  });
  return { at, ticks };
}
