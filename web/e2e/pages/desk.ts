// The desk: one box that finds a vehicle by anything a rider knows.
import { expect, type Locator, type Page } from "@playwright/test";
import { go } from "./frame.ts";

export class Desk {
  readonly box: Locator;

  constructor(readonly page: Page) {
    this.box = page.getByRole("search").last().getByRole("textbox");
  }

  async open(): Promise<void> {
    await go(this.page, "接待");
    await expect(this.box).toBeFocused();
  }

  /** Types what the rider says and opens the one vehicle that is found. */
  async find(text: string): Promise<void> {
    await this.box.fill(text);
    await expect(this.page.getByRole("button", { name: /新建工单/ })).toBeVisible();
  }

  /** Opens a work order for the vehicle found. */
  async newOrder(): Promise<void> {
    await this.page.keyboard.press("F4");
    await expect(this.page).toHaveURL(/\/open\//);
  }
}
