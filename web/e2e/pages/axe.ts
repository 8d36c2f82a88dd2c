// What somebody who cannot see, or cannot use a mouse, would stumble over on a page.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Serious and critical findings of axe on what is shown now, one line each. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) {
    // Evaluated and not added as a script: the page's own policy allows no foreign one.
    await page.evaluate(await readFile(source, "utf8"));
  }
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return axe.run({
      resultTypes: ["violations"],
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    });
  });
  return results.violations
    .filter((found) => found.impact === "serious" || found.impact === "critical")
    .flatMap((found) =>
      found.nodes.map((node) => {
        const why = [...node.any, ...node.all, ...node.none].map((check) => check.message)[0] ?? "";
        return `${found.id}: ${node.html.slice(0, 160)} — ${why}`;
      }),
    );
}
