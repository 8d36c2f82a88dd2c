// One picture of each print, small enough to be kept beside the text.
import type { Page } from "@playwright/test";
import { sizes } from "./measure.ts";
import type { Print } from "./papers.ts";

const PX = 96 / 25.4;
/** Enlarged, so that a label can be read beside a sheet. */
const near = (paper: string) => (/label|receipt/.test(paper) ? 2 : 1);

/** The first copy as it lies on its paper. */
export async function photographed(page: Page, print: Print): Promise<Buffer> {
  const [width, height] = sizes[print.paper] ?? [210, 297];
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: Math.ceil((width + 20) * PX), height: 600 });
  await page.setContent(print.html);
  const sheet = await page.locator(".sheet").first().boundingBox();
  if (!sheet) throw new Error(`${print.form} has no sheet`);
  const tall = Math.max(sheet.height, (height ?? 0) * PX);
  const shot = await page.context().newCDPSession(page);
  const clip = { x: sheet.x, y: sheet.y, width: sheet.width, height: tall };
  const { data } = await shot.send("Page.captureScreenshot", {
    format: "webp",
    quality: 55,
    captureBeyondViewport: true,
    clip: { ...clip, scale: near(print.paper) },
  });
  await shot.detach();
  return Buffer.from(data, "base64");
}

/** The page that shows them all. */
export function index(prints: readonly Print[]): string {
  const lines = [
    "# Prints",
    "",
    "Every form on every paper it may lie on, as the examples of the packs fill it. Derived:",
    "`make prints` draws them anew; `scripts/test prints` checks that sizes hold, that nothing is",
    "cut and that what is one sheet stays one. Labels and receipts are shown twice as large.",
    "",
  ];
  let form = "";
  for (const print of prints) {
    if (print.form !== form) {
      form = print.form;
      const { zh, en } = print.title;
      lines.push(`## ${zh} | ${en}`, "", `Filled by: ${print.example}`, "");
    }
    const { form: id, paper } = print;
    lines.push(`\`${paper}\``, "", `![${print.title.en}, ${paper}](${id}.${paper}.webp)`, "");
  }
  return lines.join("\n");
}
