// An Excel workbook with words of it changed, as somebody does who corrects it and saves it again.
import { inflateRawSync } from "node:zlib";

const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;

/** Words of the workbook's cells, each with what stands in its place. */
export function corrected(book: Buffer, words: Readonly<Record<string, string>>): Buffer {
  const files = entries(book).map(({ name, data }) => {
    if (name !== "xl/sharedStrings.xml") return { name, data };
    const text = Object.entries(words).reduce((now, [from, to]) => {
      if (!now.includes(`<t>${from}</t>`)) throw new Error(`no cell says ${from}`);
      return now.replaceAll(`<t>${from}</t>`, `<t>${to}</t>`);
    }, data.toString("utf8"));
    return { name, data: Buffer.from(text) };
  });
  return archive(files);
}

interface Entry {
  name: string;
  data: Buffer;
}

function entries(book: Buffer): Entry[] {
  const found: Entry[] = [];
  const head = Buffer.alloc(4);
  head.writeUInt32LE(CENTRAL);
  for (let at = book.indexOf(head); at >= 0; at = book.indexOf(head, at + 46)) {
    const name = book.toString("utf8", at + 46, at + 46 + book.readUInt16LE(at + 28));
    const local = book.readUInt32LE(at + 42);
    const from = local + 30 + book.readUInt16LE(local + 26) + book.readUInt16LE(local + 28);
    const bytes = book.subarray(from, from + book.readUInt32LE(at + 20));
    const data = book.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
    found.push({ name, data });
  }
  return found;
}

/** An archive that stores its files as they are. */
function archive(files: readonly Entry[]): Buffer {
  const bodies: Buffer[] = [];
  const index: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of files) {
    const title = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0); // version that reads it
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(title.length, 22);
    bodies.push(word(LOCAL), shared, title, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    index.push(word(CENTRAL), Buffer.from([20, 0]), shared, rest, title);
    offset += 30 + title.length + data.length;
  }
  const directory = Buffer.concat(index);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, directory, word(END), end]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function crc32(data: Buffer): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
