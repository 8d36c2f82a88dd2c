import { describe, expect, it } from "vitest";
import type { Paper } from "@/api/types";
import { pagesOf, px } from "./sheets";

const paper = (height: number | null): Paper => ({
  key: "A5",
  title: { zh: "A5", en: "A5" },
  kind: "sheet",
  width_mm: 210,
  height_mm: height,
  margins_mm: 20,
});

describe("pages of a document", () => {
  it("counts what does not fit on the first", () => {
    const pages = (...mm: number[]) => pagesOf(paper(140), mm.map(px));
    expect(pages(140)).toBe(1);
    expect(pages(140.4)).toBe(1);
    expect(pages(150)).toBe(2);
    expect(pages(140, 140, 270)).toBe(5);
  });

  it("has one page for each copy on a roll", () => {
    expect(pagesOf(paper(null), [px(500)])).toBe(1);
  });
});
