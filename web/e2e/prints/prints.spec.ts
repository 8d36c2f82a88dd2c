// Every form of every pack on every paper it may lie on: the page is as large as the paper, nothing
// leaves it, and what is one sheet is one sheet. With SANBAO_PRINTS, one picture of each beside.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { index, photographed } from "./gallery.ts";
import { printed, sizes } from "./measure.ts";
import { papers, root } from "./papers.ts";

const binary = process.env["SANBAO_BIN"] ?? join(root, "target/debug/sanbao");
const gallery = process.env["SANBAO_PRINTS"];

/** Lists that grow with what is on them: these may go on to a second sheet. */
const lists = new Set<string>([]);

test("every form fits every paper it may lie on", async ({ page }) => {
  const out = await mkdtemp(join(tmpdir(), "sanbao-prints-"));
  try {
    const { prints, lacking } = await papers(binary, out);
    expect(lacking, "forms that no example fills").toEqual([]);
    expect(prints.length).toBeGreaterThan(80);
    const wrong: string[] = [];
    for (const print of prints) {
      const name = `${print.form} on ${print.paper}`;
      const { pages, cut } = await printed(page, print.html, print.paper);
      const [width, height] = sizes[print.paper] ?? [0, 0];
      for (const [w, h] of pages) {
        const near = Math.abs(w - width) < 0.6 && (height === null || Math.abs(h - height) < 0.6);
        if (!near) wrong.push(`${name}: a page is ${w.toFixed(1)} × ${h.toFixed(1)} mm`);
      }
      if (pages.length < print.copies || (pages.length > print.copies && !lists.has(print.form))) {
        wrong.push(`${name}: ${pages.length} pages where ${print.copies} belong`);
      }
      if (cut.length > 0) wrong.push(`${name}: cut off: ${cut.join(" | ")}`);
    }
    if (gallery) {
      await rm(gallery, { recursive: true, force: true });
      await mkdir(gallery, { recursive: true });
      for (const print of prints) {
        const image = await photographed(page, print);
        await writeFile(join(gallery, `${print.form}.${print.paper}.webp`), image);
      }
      await writeFile(join(gallery, "README.md"), index(prints));
    }
    expect(wrong).toEqual([]);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});
