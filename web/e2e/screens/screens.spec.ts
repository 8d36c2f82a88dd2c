// Draws docs/screens/<screen>-<width>-<language>.png anew (`make screens`), and refuses a screen
// that is wider than its window.
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type Company, expect, test } from "../app.ts";

const FOLDER = fileURLToPath(new URL("../../../docs/screens", import.meta.url));
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const LANGUAGES = ["zh", "en"] as const;

interface Screen {
  name: string;
  /** Who looks at it: a role's Chinese name; nobody is signed in without one. */
  role?: string;
  path: (company: Company) => Promise<string>;
}

const at = (path: string) => () => Promise.resolve(path);

const screens: readonly Screen[] = [
  { name: "signin", path: at("/") },
  { name: "workbench", role: "服务顾问", path: at("/") },
  { name: "desk", role: "服务顾问", path: at("/desk") },
  { name: "unit", role: "服务顾问", path: async (c) => `/unit/${await c.someUnit()}` },
  { name: "case", role: "服务顾问", path: async (c) => `/case/${await c.someCase()}` },
  { name: "cases", role: "服务顾问", path: at("/cases/repair") },
  { name: "technician", role: "技师", path: at("/") },
  { name: "rulebook", role: "站长", path: at("/rulebook") },
  { name: "messages", role: "站长", path: at("/messages") },
];

for (const screen of screens) {
  test(screen.name, async ({ page, company }) => {
    if (screen.role) await company.signIn(await company.account(screen.role));
    const path = await screen.path(company);
    for (const language of LANGUAGES) {
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await show(page, path, language);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, `${screen.name} in ${language} fits ${size.width} px`).toBe(size.width);
        const file = join(FOLDER, `${screen.name}-${size.width}-${language}.png`);
        await page.screenshot({ path: file, fullPage: true, animations: "disabled" });
      }
    }
  });
}

async function show(page: Page, path: string, language: string): Promise<void> {
  // The same key as src/shared/i18n/language.ts keeps it under.
  await page.addInitScript(
    (value) => localStorage.setItem("sanbao.language", JSON.stringify(value)),
    language,
  );
  await page.goto(path);
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.locator(".ant-skeleton, .ant-spin-spinning")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}
