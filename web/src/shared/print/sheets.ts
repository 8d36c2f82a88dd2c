import type { Paper } from "@/api/types";

const PX_PER_MM = 96 / 25.4;
/** The grey around a sheet on screen, both sides together; as the style of a sheet has it. */
const DESK_MM = 10;

export const px = (mm: number) => mm * PX_PER_MM;

/** How wide a page lies on the screen, its surroundings included. */
export function deskWidth(paper: Paper): number {
  return Math.ceil(px(paper.width_mm + DESK_MM));
}

/** How many pages this paper takes for sheets so high on screen, margins included. */
export function pagesOf(paper: Paper, heights: readonly number[]): number {
  const whole = paper.height_mm;
  if (whole === null || whole === undefined) return heights.length;
  const room = px(whole - paper.margins_mm);
  // Half a millimetre over is rounding, not another page.
  const pages = (high: number) =>
    Math.max(1, Math.ceil((high - px(paper.margins_mm) - px(0.5)) / room));
  return heights.reduce((sum, high) => sum + pages(high), 0);
}

/** The sheets of a page that are shown. */
export function shownSheets(page: Document): HTMLElement[] {
  const all = Array.from(page.querySelectorAll<HTMLElement>(".sheet"));
  return all.filter((sheet) => sheet.getClientRects().length > 0);
}

/** Cuts a roll where the text ends: CSS knows no height of its own. */
export function cutRoll(page: Document): void {
  const roll = page.querySelector<HTMLElement>("style[data-roll]")?.dataset["roll"];
  if (!roll) return;
  const heights = shownSheets(page).map((sheet) => sheet.getBoundingClientRect().height);
  const high = Math.ceil(Math.max(0, ...heights) / PX_PER_MM) + 2;
  const style = page.createElement("style");
  style.textContent = `@page { size: ${roll}mm ${high}mm; }`;
  page.head.append(style);
}
