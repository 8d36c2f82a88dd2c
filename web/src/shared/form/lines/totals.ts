import type { Line, LineKind, Payer } from "@/api/types";
import type { Key } from "@/shared/i18n";

/** Quantity in thousandths times price in fen, rounded half up once, as the server does. */
export function amount(line: Line): number | null {
  if (line.unit_price === null || line.unit_price === undefined) return null;
  return Math.floor((line.quantity * line.unit_price) / 1000 + 0.5);
}

export type Share = Payer | "open";

/** What each payer owes; declined lines are counted, not added. */
export function totals(lines: readonly Line[]): { shares: [Share, number][]; declined: number } {
  const sums = new Map<Share, number>();
  let declined = 0;
  for (const line of lines) {
    if (line.declined) {
      declined += 1;
      continue;
    }
    const share = line.payer ?? "open";
    sums.set(share, (sums.get(share) ?? 0) + (amount(line) ?? 0));
  }
  const order: Share[] = ["customer", "maker", "station", "supplier", "open"];
  const shares = order.flatMap((share): [Share, number][] => {
    const sum = sums.get(share);
    return sum === undefined ? [] : [[share, sum]];
  });
  return { shares, declined };
}

export const payerName: Record<Share, Key> = {
  maker: "form.payerMaker",
  customer: "form.payerCustomer",
  station: "form.payerStation",
  supplier: "form.payerSupplier",
  open: "form.payerOpen",
};

export const totalName: Record<Share, Key> = {
  maker: "form.totalMaker",
  customer: "form.totalCustomer",
  station: "form.totalStation",
  supplier: "form.totalSupplier",
  open: "form.totalOpen",
};

export const kindName: Record<LineKind, Key> = {
  part: "form.kindPart",
  labour: "form.kindLabour",
  travel: "form.kindTravel",
  freight: "form.kindFreight",
  fee: "form.kindFee",
};

/** Every kind, in the order they are offered. */
export const lineKinds = Object.keys(kindName) as LineKind[];

export const payerTone = (payer: Share) =>
  payer === "maker" || payer === "supplier" ? "ok" : payer === "customer" ? "warn" : "na";
