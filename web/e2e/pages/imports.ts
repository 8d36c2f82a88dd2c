// The import of sold vehicles: a workbook goes in, every row gets its verdict, then it is applied.
import { expect, type Locator, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { dataFile } from "../workbook.ts";
import { corrected } from "../zip.ts";
import { go } from "./frame.ts";

export type Verdict = "可导入" | "有错" | "跳过";

export class Imports {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await go(this.page, "导入");
    await expect(this.page.getByRole("heading", { name: "导入已售车辆" })).toBeVisible();
  }

  /** Chooses a workbook and waits until its rows are judged. */
  async give(file: string): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: /拖到这里/ }).click();
    await (await chooser).setFiles(dataFile(file));
    await expect(this.page.getByRole("heading", { name: file })).toBeVisible({ timeout: 60_000 });
  }

  /** Downloads the wrong rows. */
  async wrong(): Promise<Buffer> {
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("link", { name: "下载错误行" }).click();
    return readFileSync(await (await coming).path());
  }

  /** Gives the wrong rows again, with these cells corrected. */
  async giveBack(errors: Buffer, words: Readonly<Record<string, string>>): Promise<void> {
    const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const file = { name: "改好的错误行.xlsx", mimeType, buffer: corrected(errors, words) };
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: /拖到这里/ }).click();
    await (await chooser).setFiles(file);
    await expect(this.page.getByRole("heading", { name: file.name })).toBeVisible();
  }

  /** Takes up another workbook. */
  async another(): Promise<void> {
    await this.page.getByRole("button", { name: "换一个文件" }).click();
  }

  async count(verdict: Verdict): Promise<number> {
    return Number(await this.tile(verdict).locator("b").innerText());
  }

  /** The rows with one verdict, as shown: number of the row and why. */
  async list(verdict: Verdict): Promise<{ row: number; why: string }[]> {
    const tile = this.tile(verdict);
    if ((await tile.getAttribute("aria-pressed")) !== "true") await tile.click();
    const rows = this.page.locator(".import-rows tbody tr");
    await expect(rows.first()).toContainText(verdict);
    await expect(rows).toHaveCount(await this.count(verdict));
    const cells = await rows.evaluateAll((found) =>
      found.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")),
    );
    return cells.map(([row = "", , why = ""]) => ({ row: Number(row), why }));
  }

  /** Writes the accepted rows. */
  async apply(rows: number): Promise<void> {
    await this.page.getByRole("button", { name: `导入 ${rows} 行` }).click();
    await expect(this.page.getByText(`已导入 ${rows} 行`)).toBeVisible({ timeout: 60_000 });
  }

  /** Throws the checked rows away. */
  async discard(): Promise<void> {
    await this.page.getByRole("button", { name: /^放\s*弃$/ }).click();
    await this.page.getByRole("tooltip").getByRole("button", { name: /^放\s*弃$/ }).click();
    await expect(this.page.getByRole("button", { name: /拖到这里/ })).toBeVisible();
  }

  private tile(verdict: Verdict): Locator {
    return this.page.locator(".counts").getByRole("button", { name: new RegExp(`${verdict}$`) });
  }
}
