// A real PNG, made here, as the server looks into what it is given and not at its name.
import { crc32, deflateSync } from "node:zlib";

const WIDTH = 640;
const HEIGHT = 480;

/** A photo that nobody has taken before: each `seed` gives other pixels. */
export function picture(seed: number): { name: string; mimeType: string; buffer: Buffer } {
  const rows: Buffer[] = [];
  for (let y = 0; y < HEIGHT; y++) {
    const row = Buffer.alloc(1 + WIDTH * 3);
    for (let x = 0; x < WIDTH; x++) {
      // Calm, as it also stands in the pictures of the documentation.
      const shade = 120 + (((x >> 4) + (y >> 4) * 3 + seed * 11) % 64);
      row.set([shade, shade + ((seed * 5) & 15), shade - ((seed * 3) & 15)], 1 + x * 3);
    }
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const buffer = assembled([
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return { name: `photo-${seed}.png`, mimeType: "image/png", buffer };
}

/** A PNG of these chunks. */
export function assembled(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);
}

export function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), body]);
  const whole = Buffer.alloc(body.length + 12);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), body.length + 8);
  return whole;
}
