import type { PartChoice, PartRow, Text } from "@/api/types";
import type { Key } from "@/shared/i18n";

/** The rows as entered, and the one that takes serials and keys. */
export interface Sheet {
  rows: readonly PartRow[];
  selected: string | null;
}

/** What a scan may mean. */
export interface Sources {
  parts: readonly PartChoice[];
  /** What the form before left: shipped, reserved or issued. */
  expected: readonly PartRow[];
  /** A serial nobody knows may be added: a receipt, a count. */
  open: boolean;
}

/** What became of a scan, and the sentence to say; a wrong one leaves the sheet as it was. */
export interface Heard extends Sheet {
  ok: boolean;
  key: Key;
  args: Record<string, string | number>;
  /** The part it is about; its name fills `{title}`. */
  about: Pick<PartChoice, "code" | "title"> | null;
}

const MOST = 200;

type Known = Pick<PartChoice, "code" | "title" | "tracked">;

const same = (a: string, b: string) => a.toUpperCase() === b.toUpperCase();
const noTitle = (code: string): Text => ({ zh: code, en: code });

/** The part of that code: on the shelf, or among what is expected. */
export function partOf(code: string, sources: Sources): Known | null {
  const choice = sources.parts.find((part) => same(part.code, code));
  if (choice) return choice;
  const row = sources.expected.find((each) => same(each.part, code));
  if (!row) return null;
  return { code: row.part, title: row.title ?? noTitle(row.part), tracked: row.tracked === true };
}

/** Where a serial is known to belong, as it is written there. */
function ownerOf(text: string, sources: Sources): { part: Known; serial: string } | null {
  const written = (serials: readonly string[] | undefined) =>
    serials?.find((serial) => same(serial, text));
  for (const row of sources.expected) {
    const serial = written(row.serials);
    const part = serial && partOf(row.part, sources);
    if (serial && part) return { part, serial };
  }
  for (const part of sources.parts) {
    const serial = written(part.serials);
    if (serial) return { part, serial };
  }
  return null;
}

/** Whether a text is a part code or serial that is known here. */
export function knows(told: string, sources: Sources): boolean {
  const [first = ""] = told.trim().split(/\s+/);
  return partOf(first, sources) !== null || ownerOf(told.trim(), sources) !== null;
}

/**
 * What one scan does to the sheet. A part code adds a row or a piece; a known serial finds its
 * part; an unknown one joins the selected row where new serials may come in. A label may carry
 * both: the code, a blank, the serial.
 */
export function scan(told: string, sheet: Sheet, sources: Sources): Heard {
  const text = told.trim().replace(/\s+/g, " ");
  const [first = "", ...rest] = text.split(" ");
  const labelled = rest.length > 0 ? partOf(first, sources) : null;
  if (labelled) return addSerial(labelled, rest.join(" "), sheet, sources);
  const part = partOf(text, sources);
  if (part) return addPiece(part, sheet);
  const known = ownerOf(text, sources);
  if (known) return put(known.part, known.serial, sheet);
  const twice = holderOf(text, sheet);
  if (twice) return refused(sheet, "parts.twice", { serial: text }, about(twice));
  const row = takesSerials(sheet);
  const cut = sources.parts.some(
    (part) => part.code === row?.part && part.tracked && (part.on_hand ?? 0) > part.serials.length,
  );
  if (!sources.open && !cut) return refused(sheet, "parts.notHere", { code: text }, null);
  if (!row) return refused(sheet, "parts.whichPart", { code: text }, null);
  if (!row.tracked) return refused(sheet, "parts.notTracked", { code: text }, about(row));
  return put({ ...about(row), tracked: true }, text.toUpperCase(), sheet);
}

/** The selected row; without one, the only row that goes by serial. */
function takesSerials(sheet: Sheet): PartRow | null {
  const selected = sheet.rows.find((row) => row.part === sheet.selected);
  if (selected) return selected;
  const tracked = sheet.rows.filter((row) => row.tracked);
  return tracked.length === 1 ? (tracked[0] ?? null) : null;
}

function addSerial(part: Known, serial: string, sheet: Sheet, sources: Sources): Heard {
  if (!part.tracked) return refused(sheet, "parts.notTracked", { code: serial }, part);
  const known = ownerOf(serial, sources);
  if (known?.part.code === part.code) return put(part, known.serial, sheet);
  if (!sources.open) return refused(sheet, "parts.notHere", { code: serial }, null);
  return put(part, serial.toUpperCase(), sheet);
}

function addPiece(part: Known, sheet: Sheet): Heard {
  const row = sheet.rows.find((each) => each.part === part.code);
  const grown: PartRow = {
    ...(row ?? { part: part.code, title: part.title, tracked: part.tracked, serials: [] }),
    quantity: (row?.quantity ?? 0) + (part.tracked ? 0 : 1),
  };
  const key = part.tracked ? "parts.heardPart" : "parts.heardPiece";
  return kept(sheet, row, grown, key, { n: grown.quantity }, part);
}

function put(part: Known, serial: string, sheet: Sheet): Heard {
  const twice = holderOf(serial, sheet);
  if (twice) return refused(sheet, "parts.twice", { serial }, about(twice));
  const row = sheet.rows.find((each) => each.part === part.code);
  const serials = [...(row?.serials ?? []), serial];
  if (serials.length > MOST) return refused(sheet, "parts.tooMany", {}, part);
  const plain: PartRow = { part: part.code, title: part.title, tracked: true, quantity: 0 };
  const grown: PartRow = { ...(row ?? plain), serials, quantity: serials.length };
  return kept(sheet, row, grown, "parts.heardSerial", { serial, n: serials.length }, part);
}

const holderOf = (serial: string, sheet: Sheet) =>
  sheet.rows.find((row) => row.serials?.some((own) => same(own, serial)));

const about = (row: PartRow) => ({ code: row.part, title: row.title ?? noTitle(row.part) });

function kept(
  sheet: Sheet,
  before: PartRow | undefined,
  after: PartRow,
  key: Key,
  args: Heard["args"],
  part: Known,
): Heard {
  if (!before && sheet.rows.length >= MOST) return refused(sheet, "parts.tooMany", {}, part);
  const rows = before
    ? sheet.rows.map((row) => (row === before ? after : row))
    : [...sheet.rows, after];
  return { rows, selected: after.part, ok: true, key, args, about: part };
}

function refused(
  sheet: Sheet,
  key: Key,
  args: Heard["args"],
  part: Heard["about"],
): Heard {
  return { ...sheet, ok: false, key, args, about: part };
}
