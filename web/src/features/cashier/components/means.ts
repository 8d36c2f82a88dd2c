import { fen } from "@/shared/money";

/** The means of payment in the order of the keys Alt+1 to 5; named by the words of the rulebook. */
export const means = ["cash", "wechat", "alipay", "card", "transfer"] as const;
export type Means = (typeof means)[number];

/** What was typed, in yuan. */
export type Typed = Record<Means | "tendered" | "rounding", string>;

export const blank: Typed = {
  cash: "",
  wechat: "",
  alipay: "",
  card: "",
  transfer: "",
  tendered: "",
  rounding: "",
};

/** Fen of one entry; nothing typed is nothing, `null` is no amount. */
export function amount(text: string): number | null {
  return text.trim() === "" ? 0 : fen(text);
}

export interface Taking {
  /** Fen by field of the form, as it is sent. */
  form: Record<string, number>;
  /** What is taken and rounded off. */
  sum: number;
  /** Change for cash; null where nobody said what was handed over. */
  change: number | null;
  /** The first entry that is no amount. */
  wrong: keyof Typed | null;
}

/** Reads what was typed. */
export function taking(typed: Typed): Taking {
  const form: Record<string, number> = {};
  let sum = 0;
  let wrong: keyof Typed | null = null;
  for (const name of [...means, "rounding"] as const) {
    const value = amount(typed[name]);
    if (value === null) wrong ??= name;
    else if (value > 0) {
      form[name] = value;
      sum += value;
    }
  }
  const tendered = amount(typed.tendered);
  if (tendered === null) wrong ??= "tendered";
  const given = (form.cash ?? 0) > 0 && tendered ? tendered : null;
  if (given !== null) form.tendered = given;
  const change = given === null ? null : given - (form.cash ?? 0);
  return { form, sum, change, wrong };
}

/** Fen as typed in yuan, `12.50`. */
export const typed = (value: number): string => (value / 100).toFixed(2);
