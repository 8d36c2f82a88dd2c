// The workbench: what a person must do now.
import { expect, type Page } from "@playwright/test";
import { CasePage } from "./case.ts";
import { go } from "./frame.ts";

export class Workbench {
  constructor(readonly page: Page) {}

  /** Opens a case from its row. */
  async open(number: string): Promise<CasePage> {
    await go(this.page, "工作台");
    await this.page.getByRole("main").getByRole("link", { name: number, exact: true }).click();
    const sheet = await CasePage.opened(this.page);
    await expect(sheet.number).toHaveText(number);
    return sheet;
  }
}
