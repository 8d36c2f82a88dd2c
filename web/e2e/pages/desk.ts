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

  /** Types what the rider says; where several vehicles are found, takes the one named. */
  async find(text: string, frame: string | RegExp): Promise<void> {
    await this.box.fill(text);
    const order = this.page.getByRole("button", { name: /新建工单/ });
    const hit = this.page.locator("button.hit").filter({ hasText: frame });
    const title = this.page.getByRole("heading", { level: 1 }).filter({ hasText: frame });
    await expect(hit.or(title).first()).toBeVisible();
    if (await hit.isVisible()) await hit.click();
    await expect(title).toBeVisible();
    await expect(order.first()).toBeVisible();
  }

  /** Opens a work order for the vehicle found. */
  async newOrder(): Promise<void> {
    await this.page.keyboard.press("F4");
    await expect(this.page).toHaveURL(/\/open\//);
  }
}
