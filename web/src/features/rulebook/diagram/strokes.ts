import { type Arc, BOX_H, type Box } from "./layout";

export const BOX_W = 176;
export const LANE = 15;

/** The path of an arc: out of the side of one box, along its lane, into the other's side. */
export function route(
  arc: Arc,
  boxes: readonly Box[],
  center: number,
  leftEdge: number,
  rightEdge: number,
): string {
  const left = arc.side === "left";
  const side = left ? center - BOX_W / 2 : center + BOX_W / 2;
  const lane = left ? leftEdge - (arc.lane + 1) * LANE + 6 : rightEdge + (arc.lane + 1) * LANE - 6;
  const shift = 4 + arc.lane * 3;
  const from = (boxes[arc.from]?.y ?? 0) + BOX_H / 2 + (left ? -shift : shift);
  const to = (boxes[arc.to]?.y ?? 0) + BOX_H / 2 + (left ? shift : -shift);
  return `M${side} ${from}H${lane}V${to}H${left ? side - 2 : side + 2}`;
}

/** Words cut to what fits; Han characters are twice as wide as Latin ones. */
export function cut(words: string, room = 30): string {
  let used = 0;
  let out = "";
  for (const letter of words) {
    used += letter > "\u2e80" ? 2 : 1;
    if (used > room) return `${out}…`;
    out += letter;
  }
  return out;
}
