// Reads the rows of an Excel sheet: a test picks its rider from the very file it imports.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";

const FOLDER = new URL("../../crates/server/tests/it/data/", import.meta.url);
const CENTRAL = 0x02014b50;
const DAY_MS = 86_400_000;
/** Day 0 of Excel's calendar, as it counts from March 1900 on. */
const EPOCH = Date.UTC(1899, 11, 30);

/** The path of a file of sale registrations. */
export const dataFile = (name: string) => fileURLToPath(new URL(name, FOLDER));

/** The cells of the first sheet by the words of its head, which is row 1. */
export function rows(name: string): Record<string, string>[] {
  const [head = [], ...body] = sheet(readFileSync(dataFile(name)));
  return body.map((cells) => Object.fromEntries(head.map((word, i) => [word, cells[i] ?? ""])));
}

/** Excel's serial number as a day, `2025-04-09`. */
export function day(serial: string): string {
  return new Date(EPOCH + Number(serial) * DAY_MS).toISOString().slice(0, 10);
}

function sheet(book: Buffer): string[][] {
  const shared = texts(part(book, "xl/sharedStrings.xml"), "si");
  return texts(part(book, "xl/worksheets/sheet1.xml"), "row", false).map((row) => {
    const cells: string[] = [];
    const found = row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs);
    for (const [, attributes = "", inner = ""] of found) {
      const column = /r="([A-Z]+)\d+"/.exec(attributes)?.[1] ?? "A";
      const value = /<v>(.*?)<\/v>/s.exec(inner)?.[1] ?? "";
      const text = attributes.includes('t="s"') ? (shared[Number(value)] ?? "") : value;
      cells[at(column)] = text || (texts(inner, "t")[0] ?? "");
    }
    return cells;
  });
}

function at(column: string): number {
  return [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function texts(xml: string, tag: string, plain = true): string[] {
  const found = xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>(.*?)</${tag}>`, "gs"));
  return [...found].map(([, inner = ""]) => (plain ? inner.replace(/<[^>]*>/g, "") : inner));
}

/** One file of the archive, by its central directory; empty when it is not there. */
function part(book: Buffer, name: string): string {
  let from = 0;
  const head = Buffer.alloc(4);
  head.writeUInt32LE(CENTRAL);
  while ((from = book.indexOf(head, from)) >= 0) {
    const length = book.readUInt16LE(from + 28);
    if (book.toString("utf8", from + 46, from + 46 + length) === name) {
      const size = book.readUInt32LE(from + 20);
      const local = book.readUInt32LE(from + 42);
      const skip = 30 + book.readUInt16LE(local + 26) + book.readUInt16LE(local + 28);
      const bytes = book.subarray(local + skip, local + skip + size);
      return (book.readUInt16LE(from + 10) === 0 ? bytes : inflateRawSync(bytes)).toString("utf8");
    }
    from += 46;
  }
  return "";
}
