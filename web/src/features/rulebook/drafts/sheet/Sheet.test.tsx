import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { DraftColumn, DraftTable } from "@/api/drafts";
import { language, translate } from "@/shared/i18n";
import { Sheet } from "./Sheet";
import { columnsOf } from "./columns";
import { marksOf } from "./marks";
import { rowsOf } from "./model";
import { useSheet } from "./useSheet";

language.set("en");
afterEach(cleanup);

const choices = ["frame", "fork"].map((key) => ({ key, title: { zh: key, en: key } }));
const plain = { title: null, unit: null };
const columns: DraftColumn[] = [
  { ...plain, header: "part", name: "part", output: false, kind: "text", choices },
  { ...plain, header: "→days", name: "days", output: true, kind: "span", choices: [] },
];

function table(count: number): DraftTable {
  return {
    pack: "p",
    id: "term",
    title: null,
    hit_policy: "first",
    aggregate: null,
    total: false,
    editable: true,
    columns,
    rows: Array.from({ length: count }, (_, i) => ({
      id: `row-${i + 1}`,
      clause: [],
      cells: ["frame", `${i + 1} d`],
      from: "p",
    })),
    version: 1,
  };
}

const speech = {
  lang: "en" as const,
  t: (key: Parameters<typeof translate>[1], args?: Parameters<typeof translate>[2]) =>
    translate("en", key, args),
  say: (text: unknown) => (typeof text === "string" ? text : ((text as { en: string })?.en ?? "")),
};

function Shown({ of, typing }: { of: DraftTable; typing: (rows: unknown) => void }) {
  const sheet = useSheet(rowsOf(of));
  return (
    <Sheet
      label="term"
      sheet={sheet}
      columns={columnsOf(of, sheet.rows, speech)}
      view={sheet.rows.map((_, i) => i)}
      marks={marksOf([], "p", "term")}
      editable
      typing={typing}
    />
  );
}

/** What stands in the second column of the first rows. */
const days = (count: number) => {
  const cell = (row: number) => document.querySelector(`[data-spot="${row},1"]`)?.textContent;
  return Array.from({ length: count }, (_, row) => cell(row));
};

function opened(count = 3) {
  const typing = vi.fn();
  render(<Shown of={table(count)} typing={typing} />);
  const box = screen.getByRole<HTMLTextAreaElement>("textbox");
  const press = (key: string, more = {}) => fireEvent.keyDown(box, { key, ...more });
  const type = (value: string) => fireEvent.change(box, { target: { value } });
  return { box, press, type, typing };
}

test("two thousand rows draw only those in sight", () => {
  opened(2000);
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
  expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("2001");
});

test("keys move, type, keep, leave and take back", () => {
  const { press, type, typing } = opened();
  press("ArrowRight");
  type("9 d");
  expect(typing).toHaveBeenLastCalledWith(
    expect.arrayContaining([expect.objectContaining({ values: ["frame", "9 d", "", "row-1"] })]),
  );
  press("Enter");
  expect(days(3)).toEqual(["9 d", "2 d", "3 d"]);
  type("8 d");
  press("Escape");
  expect(days(3)).toEqual(["9 d", "2 d", "3 d"]);
  press("Delete");
  expect(days(3)).toEqual(["9 d", "", "3 d"]);
  press("z", { ctrlKey: true });
  press("z", { ctrlKey: true });
  expect(days(3)).toEqual(["1 d", "2 d", "3 d"]);
  press("y", { ctrlKey: true });
  expect(days(3)).toEqual(["9 d", "2 d", "3 d"]);
});

test("an input method may use every key until its word is done", () => {
  const { box, press, type } = opened();
  press("ArrowRight");
  fireEvent.compositionStart(box);
  type("bannian");
  press("Enter", { keyCode: 229 });
  press("ArrowDown", { keyCode: 229 });
  expect(days(1)).toEqual(["1 d"]);
  type("6 mo");
  fireEvent.compositionEnd(box);
  press("Enter");
  expect(days(1)).toEqual(["6 mo"]);
});

test("a block from Excel fills cells and adds rows; one cell fills what is selected", () => {
  const { box, press } = opened();
  const paste = (text: string) =>
    fireEvent.paste(box, { clipboardData: { getData: () => text, setData: () => undefined } });
  press("ArrowRight");
  press("ArrowDown");
  press("ArrowDown");
  paste("7 d\n8 d\n");
  expect(days(4)).toEqual(["1 d", "2 d", "7 d", "8 d"]);
  press("Home", { ctrlKey: true });
  press("ArrowRight");
  press("ArrowDown", { shiftKey: true });
  paste("5 d");
  expect(days(4)).toEqual(["5 d", "5 d", "7 d", "8 d"]);
  const setData = vi.fn();
  fireEvent.copy(box, { clipboardData: { setData, getData: () => "" } });
  expect(setData).toHaveBeenCalledWith("text/plain", "5 d\n5 d");
});

test("a choice is found by typing and taken by Enter", () => {
  const { press, type } = opened();
  type("fo");
  expect(screen.getAllByRole("option")).toHaveLength(1);
  press("Enter");
  expect(document.querySelector('[data-spot="0,0"]')?.textContent).toBe("fork");
  press("ArrowUp");
  press("F2");
  press("ArrowDown");
  press("Enter");
  expect(document.querySelector('[data-spot="0,0"]')?.textContent).toBe("fork / frame");
});
