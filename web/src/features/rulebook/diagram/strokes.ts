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
  const shift = Math.min(4 + arc.lane * 4, BOX_H / 2 - 3);
  const from = (boxes[arc.from]?.y ?? 0) + BOX_H / 2 + (left ? -shift : shift);
  const to = (boxes[arc.to]?.y ?? 0) + BOX_H / 2 + (left ? shift : -shift);
  return `M${side} ${from}H${lane}V${to}H${left ? side - 2 : side + 2}`;
}

// Half a pixel more than the letters of the page's font take, so that nothing touches.
const HAN = 13.5;
const LATIN = 6.6;

const widthOf = (words: string): number =>
  [...words].reduce((sum, letter) => sum + (letter > "\u2e80" ? HAN : LATIN), 0);

/** Words in lines of at most so many pixels: broken between words, Han anywhere. */
export function wrapped(words: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of words.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s*|\s+/g) ?? []) {
    if (line !== "" && widthOf((line + piece).trimEnd()) > room) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return line.trim() === "" ? lines : [...lines, line.trimEnd()];
}
