import type { Counts } from "@/api/types";
import type { Speech } from "@/shared/i18n";
import { yuan } from "@/shared/money";

/** An amount of an account: money, or pieces. */
export function amount(counts: Counts, n: number, t: Speech["t"]): string {
  return counts === "fen" ? yuan(n) : t("stock.pieces", { n });
}

/** A change with its sign: `+5`, `−5`, `+¥12.00`. The minus is as wide as the plus. */
export function signed(counts: Counts, n: number): string {
  const size = counts === "fen" ? yuan(Math.abs(n)) : String(Math.abs(n));
  return `${n < 0 ? "−" : "+"}${size}`;
}

/** The page of an account. */
export function accountPath(path: string): string {
  return `/account?path=${encodeURIComponent(path)}`;
}

/** The page of a serial. */
export function serialPath(serial: string): string {
  return `/serials?no=${encodeURIComponent(serial)}`;
}

/** Serials as somebody typed or scanned them into one box. */
export function serialsOf(typed: string): string[] {
  return [...new Set(typed.split(/[\s,,、;;]+/).filter(Boolean))];
}
