/** `¥1,280.00` from fen (分); a dash when there is no amount. */
export function yuan(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return "–";
  const sign = fen < 0 ? "-" : "";
  const whole = Math.abs(Math.round(fen));
  const left = String(Math.floor(whole / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}¥${left}.${String(whole % 100).padStart(2, "0")}`;
}

/** Fen of what somebody typed in yuan; null when it is no amount. */
export function fen(typed: string): number | null {
  const clean = typed.replace(/[¥,,\s]/g, "");
  if (!/^\d+(\.\d{0,2})?$/.test(clean)) return null;
  const [left = "0", right = ""] = clean.split(".");
  return Number(left) * 100 + Number(right.padEnd(2, "0"));
}
