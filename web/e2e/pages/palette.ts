// A screenshot with a palette instead of true colour: a third of the size, so that the pictures may
// stay in the repository. Surfaces keep their exact colour, the shades of letters move a little.
import { deflateSync, inflateSync } from "node:zlib";
import { assembled, chunk } from "./picture.ts";

/** Colours of a picture: those that cover most, exactly, and means of what is left. */
const EXACT = 96;
const MEANS = 32;

interface Pixels {
  width: number;
  height: number;
  /** Three bytes each. */
  rgb: Buffer;
}

/** The same picture with at most 128 colours. */
export function withPalette(png: Buffer): Buffer {
  const { width, height, rgb } = decoded(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = chosen(counts);
  const index = new Map<number, number>();
  for (const colour of counts.keys()) index.set(colour, nearest(palette, colour));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      rows[y * (width + 1) + 1 + x] = index.get(rgb.readUIntBE(at, 3)) ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  palette.forEach((colour, i) => colours.writeUIntBE(colour, i * 3, 3));
  return assembled([
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chosen(counts: Map<number, number>): number[] {
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const exact = byCount.slice(0, EXACT).map(([colour]) => colour);
  // What is left falls into cubes of 32 steps; the fullest cubes give their mean.
  const cubes = new Map<number, [number, number, number, number]>();
  for (const [colour, count] of byCount.slice(EXACT)) {
    const [r, g, b] = parts(colour);
    const key = ((r >> 5) << 6) | ((g >> 5) << 3) | (b >> 5);
    const sum = cubes.get(key) ?? [0, 0, 0, 0];
    cubes.set(key, [sum[0] + r * count, sum[1] + g * count, sum[2] + b * count, sum[3] + count]);
  }
  const fullest = [...cubes.values()].sort((a, b) => b[3] - a[3]).slice(0, MEANS);
  const means = fullest.map(([r, g, b, n]) => {
    const mean = (sum: number) => Math.round(sum / n);
    return (mean(r) << 16) | (mean(g) << 8) | mean(b);
  });
  return [...new Set([...exact, ...means])];
}

const parts = (colour: number): [number, number, number] => [
  (colour >> 16) & 255,
  (colour >> 8) & 255,
  colour & 255,
];

function nearest(palette: readonly number[], colour: number): number {
  const [r, g, b] = parts(colour);
  let best = 0;
  let least = Infinity;
  palette.forEach((each, i) => {
    const [pr, pg, pb] = parts(each);
    const far = (r - pr) ** 2 + (g - pg) ** 2 + (b - pb) ** 2;
    if (far < least) [least, best] = [far, i];
  });
  return best;
}

/** What Chromium writes: eight bits, three or four channels, not interlaced. */
function decoded(png: Buffer): Pixels {
  let [width, height, channels] = [0, 0, 3];
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const kind = png.toString("latin1", at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (kind === "IHDR") {
      width = body.readUInt32BE(0);
      height = body.readUInt32BE(4);
      channels = body[9] === 6 ? 4 : 3;
    }
    if (kind === "IDAT") data.push(body);
  }
  const raw = unfiltered(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  if (channels === 3) return { width, height, rgb: raw };
  const rgb = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) raw.copy(rgb, i * 3, i * 4, i * 4 + 3);
  return { width, height, rgb };
}

function unfiltered(raw: Buffer, length: number, height: number, step: number): Buffer {
  const out = Buffer.alloc(length * height);
  for (let y = 0; y < height; y++) {
    const guess = guesses[raw[y * (length + 1)] ?? 0] ?? none;
    const line = y * length;
    for (let x = 0; x < length; x++) {
      const at = line + x;
      const left = x >= step ? (out[at - step] ?? 0) : 0;
      const up = y > 0 ? (out[at - length] ?? 0) : 0;
      const corner = y > 0 && x >= step ? (out[at - length - step] ?? 0) : 0;
      out[at] = ((raw[line + y + 1 + x] ?? 0) + guess(left, up, corner)) & 255;
    }
  }
  return out;
}

/** How a row's filter guesses a byte from those beside it. */
type Guess = (left: number, up: number, corner: number) => number;

const none: Guess = () => 0;
const guesses: readonly Guess[] = [
  none,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const a = Math.abs(guess - left);
  const b = Math.abs(guess - up);
  const c = Math.abs(guess - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
