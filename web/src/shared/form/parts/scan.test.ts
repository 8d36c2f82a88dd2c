import { describe, expect, test } from "vitest";
import type { PartChoice, PartRow } from "@/api/types";
import { rest, told, uncounted, withBooks } from "./compare";
import { type Sheet, type Sources, knows, scan } from "./scan";

const title = (name: string) => ({ zh: name, en: name });

const choice = (code: string, on_hand: number, serials: string[] | null): PartChoice => ({
  code,
  title: title(code),
  class: "ordinary",
  tracked: serials !== null,
  listed: on_hand !== 0,
  on_hand,
  serials: serials ?? [],
});

const parts = [
  choice("BAT-48", 2, ["B1", "B2"]),
  choice("CTL-48", 1, ["C1"]),
  choice("TUB-16", 20, null),
];
const shelf: Sources = { parts, expected: [], open: false };
const receipt: Sources = {
  parts: parts.map((part) => ({ ...part, serials: [] })),
  expected: [],
  open: true,
};

/** The rows in short: `BAT-48:B1,B2 TUB-16×3`, the selected one with a star. */
function short(sheet: Sheet): string {
  const one = (row: PartRow) => {
    const pieces = row.tracked ? `:${(row.serials ?? []).join()}` : `×${row.quantity}`;
    return `${row.part === sheet.selected ? "*" : ""}${row.part}${pieces}`;
  };
  return sheet.rows.map(one).join(" ");
}

describe("a run of scans", () => {
  const cases: [string, Sources, string[], string, string][] = [
    ["a code adds a row", shelf, ["TUB-16"], "*TUB-16×1", "parts.heardPiece"],
    ["again one piece more", shelf, ["TUB-16", "tub-16"], "*TUB-16×2", "parts.heardPiece"],
    ["a tracked code asks for serials", shelf, ["BAT-48"], "*BAT-48:", "parts.heardPart"],
    ["a serial finds its part", shelf, ["B2"], "*BAT-48:B2", "parts.heardSerial"],
    ["in any case of letters", shelf, ["b2"], "*BAT-48:B2", "parts.heardSerial"],
    ["the same serial again", shelf, ["B2", "B2"], "*BAT-48:B2", "parts.twice"],
    ["a serial of another", shelf, ["BAT-48", "C1"], "BAT-48: *CTL-48:C1", "parts.heardSerial"],
    ["a serial that lies elsewhere", shelf, ["B1", "B9"], "*BAT-48:B1", "parts.notHere"],
    ["a part that is not kept here", shelf, ["TUB-16", "RIM-1"], "*TUB-16×1", "parts.notHere"],
    ["a label with code and serial", shelf, ["BAT-48 B1"], "*BAT-48:B1", "parts.heardSerial"],
    ["a label with a serial from elsewhere", shelf, ["BAT-48 B9"], "", "parts.notHere"],
    ["a label with a serial of a plain part", shelf, ["TUB-16 B9"], "", "parts.notTracked"],
    ["a new serial joins its part", receipt, ["BAT-48", "n1"], "*BAT-48:N1", "parts.heardSerial"],
    ["a new serial twice", receipt, ["BAT-48", "N1", "n1"], "*BAT-48:N1", "parts.twice"],
    ["a new serial without its part", receipt, ["N1"], "", "parts.whichPart"],
    ["a new serial for a plain part", receipt, ["TUB-16", "N1"], "*TUB-16×1", "parts.notTracked"],
    ["a label on receipt", receipt, ["BAT-48 N1"], "*BAT-48:N1", "parts.heardSerial"],
    ["blanks around a scan", receipt, ["  TUB-16 "], "*TUB-16×1", "parts.heardPiece"],
  ];
  test.each(cases)("%s", (_, sources, scans, rows, said) => {
    let sheet: Sheet = { rows: [], selected: null };
    let last = "";
    for (const text of scans) {
      const heard = scan(text, sheet, sources);
      last = heard.key;
      sheet = heard;
    }
    expect([short(sheet), last]).toEqual([rows, said]);
  });
});

test("what is expected can be scanned though the shelf does not show it", () => {
  const reserved: PartRow = { part: "MOT-1", quantity: 1, serials: ["M1"], tracked: true };
  const heard = scan("m1", { rows: [], selected: null }, { ...shelf, expected: [reserved] });
  expect([heard.ok, short(heard)]).toEqual([true, "*MOT-1:M1"]);
});

test("a serial beyond the cut of a long list joins the chosen row; the server knows", () => {
  const long: Sources = { ...shelf, parts: [choice("BAT-48", 300, ["B1"])] };
  const row: PartRow = { part: "BAT-48", quantity: 0, serials: [], tracked: true };
  expect(scan("B250", { rows: [row], selected: "BAT-48" }, long).ok).toBe(true);
});

test("at most 200 rows and 200 serials", () => {
  const rows = Array.from({ length: 200 }, (_, n) => ({ part: `P${n}`, quantity: 1 }));
  expect(scan("TUB-16", { rows, selected: null }, shelf).key).toBe("parts.tooMany");
  const serials = Array.from({ length: 200 }, (_, n) => `S${n}`);
  const full: PartRow = { part: "BAT-48", quantity: 200, serials, tracked: true };
  expect(scan("B1", { rows: [full], selected: null }, shelf).key).toBe("parts.tooMany");
});

test("a text is known or the beginning of a name", () => {
  const known = ["tub-16", "C1", "BAT-48 N1", "TUB", "x"].map((text) => knows(text, shelf));
  expect(known).toEqual([true, true, true, false, false]);
});

describe("beside the books", () => {
  const battery = (...serials: string[]): PartRow => ({
    part: "BAT-48",
    quantity: serials.length,
    serials,
    tracked: true,
  });
  const tube = (quantity: number): PartRow => ({ part: "TUB-16", quantity });
  const cases: [string, PartRow, object][] = [
    ["as booked", battery("B1", "B2"), { by: 0, differs: false }],
    ["one is missing", battery("B1"), { by: -1, differs: true, missing: ["B2"], found: [] }],
    ["one was changed", battery("B1", "X"), { by: 0, missing: ["B2"], found: ["X"] }],
    ["fewer pieces", tube(18), { by: -2, differs: true, booked: 20 }],
    ["more pieces", tube(21), { by: 1, differs: true }],
    ["not in the books", { part: "RIM", quantity: 2 }, { by: 2, differs: true, booked: 0 }],
  ];
  test.each(cases)("%s", (_, row, expected) => {
    const held = parts.find((part) => part.code === row.part);
    expect(withBooks(row, held)).toMatchObject(expected);
  });

  test("a list cut short is compared by the server's words", () => {
    const row = { ...battery("B1"), booked: 300, missing: ["B7"], found: [] };
    expect(withBooks(row, choice("BAT-48", 300, ["B1"]))).toMatchObject({ by: -299 });
  });

  test("what nobody counted", () => {
    const all = [...parts, choice("RIM-1", 0, null)];
    expect(uncounted(all, [tube(1)]).map((part) => part.code)).toEqual(["BAT-48", "CTL-48"]);
  });

  test("what did not arrive", () => {
    const shipped = [battery("B1", "B2"), tube(10)];
    expect(rest(shipped, [battery("B1"), tube(10)])).toMatchObject([
      { part: "BAT-48", serials: ["B2"], quantity: 1 },
    ]);
    expect(rest(shipped, shipped)).toEqual([]);
  });
});

test("only what a person says of a row is sent", () => {
  const row: PartRow = {
    part: "BAT-48",
    title: title("x"),
    quantity: 1,
    serials: ["B1"],
    tracked: true,
    booked: 3,
    missing: ["B2"],
    reason: "",
    cause: "burnt",
  };
  expect(told(row)).toEqual({ part: "BAT-48", quantity: 1, serials: ["B1"], cause: "burnt" });
});
