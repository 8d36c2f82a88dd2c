// Rows of parts: one box that takes what a hand scanner types, and a row for each part.
import { expect, type Locator } from "@playwright/test";
import type { Form } from "./form.ts";

export class Parts {
  readonly field: Locator;
  readonly box: Locator;
  /** What the box says to the last scan. */
  readonly said: Locator;

  constructor(form: Form, title: string) {
    this.field = form.field(title);
    this.box = this.field.getByRole("combobox");
    this.said = this.field.locator(".parts-said");
  }

  /** What a hand scanner does: keys faster than any hand, then Enter. */
  async scan(...codes: readonly string[]): Promise<void> {
    for (const code of codes) {
      await this.box.focus();
      await this.box.pressSequentially(code);
      await this.box.press("Enter");
      await expect(this.box).toHaveValue("");
    }
  }

  row(part: string): Locator {
    return this.field.locator(`li[data-part="${part}"]`);
  }

  /** The serials of a row. */
  async serials(part: string): Promise<string[]> {
    const chips = this.row(part).locator("span.serial");
    return (await chips.allInnerTexts()).map((text) => text.trim());
  }

  /** The pieces of a row that goes without serials. */
  pieces(part: string): Locator {
    return this.row(part).locator(".stepper").getByRole("textbox");
  }

  async reason(part: string, why: string): Promise<void> {
    await this.row(part).getByLabel("差异原因").fill(why);
  }

  async press(name: string): Promise<void> {
    await this.field.getByRole("button", { name, exact: true }).click();
  }
}
