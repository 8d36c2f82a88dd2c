// A page as the printer gets it: its size, how many sheets, and what does not fit on them.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "./papers.ts";

/** Width and height of paper in millimetres; a roll has no height. */
export const sizes: Record<string, readonly [number, number | null]> = {
  A4: [210, 297],
  A5: [210, 148],
  triple_241: [241, 279.4],
  triple_241_half: [241, 139.7],
  triple_241_third: [241, 93.1],
  receipt_58: [58, null],
  receipt_80: [80, null],
  label_60x40: [60, 40],
  label_40x30: [40, 30],
};

const PX = 96 / 25.4;
const CUT = join(root, "crates/server/src/docs/sheet/cut.js");

/** What a printer would get. */
export interface Printed {
  /** Width and height of each page, in millimetres. */
  pages: [number, number][];
  /** Texts that stand outside of their paper or are cut off. */
  cut: string[];
}

/** Prints the page, and looks for what is cut. */
export async function printed(page: Page, html: string, paper: string): Promise<Printed> {
  const [width, height] = sizes[paper] ?? [210, 297];
  await page.emulateMedia({ media: "print" });
  const inner = await contentWidth(page, html, width);
  await page.setViewportSize({ width: inner, height: Math.ceil((height ?? 297) * PX) });
  if (height === null) await page.addScriptTag({ content: await readFile(CUT, "utf8") });
  const cut = await page.evaluate(outside);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const boxes = pdf.toString("latin1").matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g);
  const pages = [...boxes].map(([, w, h]): [number, number] => [mm(Number(w)), mm(Number(h))]);
  return { pages, cut };
}

/** Shows the page and says how many pixels its paper leaves for the text. */
async function contentWidth(page: Page, html: string, width: number): Promise<number> {
  await page.setContent(html);
  const margin = /@page \{ size: [^;]+; margin: ([^;]+);/.exec(html)?.[1] ?? "0";
  const [, right = 0, , left = 0] = margin.split(" ").map((side) => parseFloat(side));
  return Math.floor((width - right - left) * PX);
}

const mm = (points: number) => (points / 72) * 25.4;

/** Runs in the page: every text whose ink leaves its sheet, or a box that hides the rest of it. */
function outside(): string[] {
  const found: string[] = [];
  for (const sheet of document.querySelectorAll<HTMLElement>(".sheet")) {
    const edge = sheet.getBoundingClientRect();
    const tall = getComputedStyle(sheet).overflow === "hidden";
    const walk = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(text);
      const said = (text.textContent ?? "").trim();
      const holder = text.parentElement;
      if (!said || !holder || holder.closest(".clip, b")) continue;
      for (const box of range.getClientRects()) {
        const over = box.right > edge.right + 1 || box.left < edge.left - 1;
        if (over || (tall && box.bottom > edge.bottom + 1)) {
          found.push(said.slice(0, 30));
          break;
        }
      }
    }
    // What is meant to be shortened may be; a code must stand whole.
    for (const code of sheet.querySelectorAll("svg, img")) {
      const box = code.getBoundingClientRect();
      if (box.width > 0 && (box.right > edge.right + 1 || (tall && box.bottom > edge.bottom + 1))) {
        found.push(`<${code.tagName}>`);
      }
    }
  }
  return found;
}
