// A draft of the standard as an analyst and a reviewer meet it.
import { expect, type Locator, type Page } from "@playwright/test";

export class DraftPage {
  constructor(readonly page: Page) {}

  /** Begins a draft and stands in its first table. */
  static async begun(page: Page, title: string, reason: string): Promise<DraftPage> {
    await page.goto("/rulebook/drafts");
    await page.getByRole("button", { name: "新建草稿" }).click();
    await page.getByLabel("名称").fill(title);
    await page.getByLabel("事由").fill(reason);
    await page.getByRole("button", { name: "开始编辑" }).click();
    const heading = page.getByRole("heading", { level: 1, name: title });
    await expect(heading).toBeVisible({ timeout: 60_000 });
    return new DraftPage(page);
  }

  async tab(name: string): Promise<void> {
    const tab = new RegExp(`^${name}( \\d+)?$`);
    await this.page.getByRole("radio", { name: tab }).click();
  }

  cell(words: string): Locator {
    return this.page.getByRole("gridcell", { name: words, exact: true });
  }

  /** Types over a cell, as in any sheet. */
  async type(words: string, text: string): Promise<void> {
    await this.cell(words).first().click({ timeout: 90_000 });
    await this.page.keyboard.type(text);
  }

  /** Everything typed is on the server. */
  async saved(): Promise<void> {
    await expect(this.page.getByText("已保存", { exact: true })).toBeVisible({ timeout: 60_000 });
  }
}
