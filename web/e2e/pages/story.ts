// Pictures of the main job for docs/journey.md, taken by the very test that walks it. Without
// SANBAO_STORY, a folder, nothing is drawn: the test is the same with pictures and without.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ElementHandle, expect, type Locator, type Page } from "@playwright/test";
import { withPalette } from "./palette.ts";

const FOLDER = process.env["SANBAO_STORY"];
/** Whether pictures are drawn; a test that draws is given more time. */
export const DRAWN = FOLDER !== undefined;
const PHONE = { width: 390, height: 844 };

/** Draws what a person sees now, in both languages; `at` is brought into view first. */
export async function picture(page: Page, name: string, at?: Locator): Promise<void> {
  if (!FOLDER) return;
  await mkdir(FOLDER, { recursive: true });
  // Found by its Chinese name once; in English it is the same place of the page.
  const place = (await at?.first().elementHandle()) ?? null;
  await draw(page, join(FOLDER, `${name}-zh.png`), place);
  await speak(page, "English", "en");
  await draw(page, join(FOLDER, `${name}-en.png`), place);
  await speak(page, "中文", "zh-CN");
}

/** The same on a phone. */
export async function onPhone(page: Page, name: string, at?: Locator): Promise<void> {
  if (!FOLDER) return;
  const desk = page.viewportSize();
  await page.setViewportSize(PHONE);
  await picture(page, name, at);
  if (desk) await page.setViewportSize(desk);
}

async function draw(page: Page, file: string, at: ElementHandle | null): Promise<void> {
  await expect(page.locator(".bone, .ant-spin-spinning")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  if (at) await at.evaluate((node) => (node as Element).scrollIntoView({ block: "center" }));
  else await page.evaluate(() => window.scrollTo(0, 0));
  await page.mouse.move(0, 0);
  await writeFile(file, withPalette(await page.screenshot({ animations: "disabled" })));
}

async function speak(page: Page, word: string, tag: string): Promise<void> {
  // A dialog covers the button that changes the language, as it should; the click goes through it.
  const button = page.getByRole("banner").locator("button", { hasText: word });
  await button.dispatchEvent("click");
  await expect(page.locator("html")).toHaveAttribute("lang", tag);
  await page.waitForLoadState("networkidle");
}
