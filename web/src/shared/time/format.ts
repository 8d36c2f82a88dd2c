import type { Speech } from "@/shared/i18n";

// Chinese wall time everywhere: the company has one time zone (decisions: Asia/Shanghai).
const zone = "Asia/Shanghai";

const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: zone,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

function cut(instant: string | number): Record<string, string> {
  const out: Record<string, string> = {};
  for (const part of parts.formatToParts(new Date(instant))) out[part.type] = part.value;
  return out;
}

/** `2026-11-21 14:05`. */
export function dateTime(instant: string | number): string {
  const p = cut(instant);
  return `${p["year"]}-${p["month"]}-${p["day"]} ${p["hour"]}:${p["minute"]}`;
}

/** `14:05` today, `11-20 14:05` this year, the whole otherwise. */
export function shortTime(instant: string | number, now: number): string {
  const p = cut(instant);
  const n = cut(now);
  const clock = `${p["hour"]}:${p["minute"]}`;
  if (p["year"] !== n["year"]) return `${p["year"]}-${p["month"]}-${p["day"]} ${clock}`;
  if (p["month"] !== n["month"] || p["day"] !== n["day"]) {
    return `${p["month"]}-${p["day"]} ${clock}`;
  }
  return clock;
}

/** `11-20` this year, `2025-11-20` otherwise. */
export function shortDay(instant: string | number, now: number): string {
  const day = dayOf(instant);
  return day.slice(0, 4) === dayOf(now).slice(0, 4) ? day.slice(5) : day;
}

/** The local day of an instant, `2026-11-21`. */
export function dayOf(instant: string | number): string {
  return dateTime(instant).slice(0, 10);
}

/** A day as a running number, for positions on an axis. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

/** Whole months between two days. */
export function monthsBetween(from: string, to: string): number {
  const [fy = 0, fm = 0, fd = 0] = from.split("-").map(Number);
  const [ty = 0, tm = 0, td = 0] = to.split("-").map(Number);
  return (ty - fy) * 12 + (tm - fm) - (td < fd ? 1 : 0);
}

export interface Left {
  /** Milliseconds until due; negative when late. */
  ms: number;
  /** `12 min left`, `02:41 left`, `3 days late`. */
  text: string;
}

/** How long until `due`, in words; the last ten minutes in seconds. */
export function left(due: string, now: number, t: Speech["t"]): Left {
  const ms = Date.parse(due) - now;
  const amount = span(Math.abs(ms), t);
  return { ms, text: t(ms < 0 ? "time.late" : "time.left", { amount }) };
}

/** A length of time in words: `02:41`, `12 min`, `5 h 58 min`, `3 days`. */
export function span(ms: number, t: Speech["t"]): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 600) {
    const two = (n: number) => String(n).padStart(2, "0");
    return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t("time.minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    const rest = minutes % 60;
    return rest === 0
      ? t("time.hours", { n: hours })
      : t("time.hoursMinutes", { n: hours, m: rest });
  }
  const days = Math.floor(hours / 24);
  return t(days === 1 ? "time.day" : "time.days", { n: days });
}
