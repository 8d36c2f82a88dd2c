// A form as a person fills it: by the names of its fields, with the controls that are seen.
import { expect, type Locator, type Page } from "@playwright/test";
import { picture } from "./picture.ts";

let photo = 0;

/** The fields below `scope`, each found by its Chinese label. */
export class Form {
  private readonly page: Page;

  constructor(readonly scope: Locator) {
    this.page = scope.page();
  }

  field(title: string): Locator {
    const label = this.page.locator(".field-label label", { hasText: exactly(title) });
    return this.scope.locator("[data-field]").filter({ has: label });
  }

  /** Types into a text, number, money, date or serial field. */
  async type(title: string, text: string): Promise<void> {
    const box = this.field(title).getByRole("textbox").first();
    await box.fill(text);
    if ((await this.field(title).getAttribute("data-kind"))?.match(/date|instant/)) {
      await box.press("Enter");
    }
  }

  /** One of a few: side by side, or from a list that can be searched. */
  async pick(title: string, choice: string): Promise<void> {
    const field = this.field(title);
    const radio = field.getByRole("radio", { name: choice, exact: true });
    const list = field.getByRole("combobox");
    await expect(radio.or(list).first()).toBeVisible();
    if ((await radio.count()) > 0) {
      // A second click would take back what the server has already filled in.
      const chosen = (await radio.first().getAttribute("aria-checked")) === "true";
      return chosen ? undefined : radio.first().click();
    }
    await list.fill(choice);
    await this.page.locator(".ant-select-item-option", { hasText: choice }).first().click();
  }

  /** Several of a few. */
  async mark(title: string, ...choices: readonly string[]): Promise<void> {
    for (const name of choices) {
      await this.field(title).getByRole("button", { name, exact: true }).click();
    }
  }

  /** Says yes to every point of a checklist, then no to these. */
  async check(title: string, ...failing: readonly string[]): Promise<void> {
    const field = this.field(title);
    await field.getByRole("button", { name: "全部符合" }).click();
    for (const point of failing) {
      const answers = field.getByRole("radiogroup", { name: point, exact: true });
      await answers.getByRole("radio", { name: "否", exact: true }).click();
    }
  }

  /** A measured value with what makes it evidence; a unit may stand beside its name. */
  async measure(title: string, values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      await this.field(title).getByRole("textbox", { name }).fill(value);
    }
  }

  /** A photo into each slot that is asked for, or `count` photos where there are none. */
  async photos(title: string, count = 1): Promise<void> {
    const field = this.field(title);
    const taken = field.locator("figure.taken");
    const slots = await field.locator(".photo:not(.taken)").count();
    for (let n = 0; n < Math.max(slots, count); n++) {
      const input = field.locator('input[type="file"]').first();
      await input.setInputFiles(picture(++photo));
      await expect(taken).toHaveCount(n + 1);
      await expect(taken.nth(n).getByRole("img").first()).toBeVisible();
    }
  }

  /** Writes on the signature pad. */
  async sign(title: string): Promise<void> {
    const field = this.field(title);
    const pad = field.locator("canvas");
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (!box) throw new Error(`the pad of ${title} is not on the screen`);
    await this.page.mouse.move(box.x + 40, box.y + 60);
    await this.page.mouse.down();
    for (const [x, y] of [[90, 20], [140, 80], [190, 30], [240, 70]] as const) {
      await this.page.mouse.move(box.x + x, box.y + y, { steps: 4 });
    }
    await this.page.mouse.up();
    await field.getByRole("button", { name: "确认签名" }).click();
    await expect(field.getByText("已签")).toBeVisible();
  }

  /** The row of a person among the candidates. */
  candidate(title: string, name: string): Locator {
    return this.field(title).getByRole("row").filter({ hasText: name });
  }

  /** Adds a line of the price list. */
  async addLine(title: string, find: string): Promise<void> {
    const rows = this.field(title).locator("tbody");
    const before = await rows.count();
    await this.field(title).getByRole("combobox").last().fill(find);
    await this.page.locator(".ant-select-item-option", { hasText: find }).first().click();
    await expect(rows).toHaveCount(before + 1);
  }

  /** Who pays the first line with this word. */
  async payer(title: string, line: string, who: string): Promise<void> {
    const row = this.field(title).locator("tbody").filter({ hasText: line }).first();
    await row.getByRole("combobox", { name: "付费方" }).click();
    const shown = this.page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)");
    await shown.locator(".ant-select-item-option", { hasText: who }).click();
  }

  /** So many of five stars. */
  async stars(title: string, n: number): Promise<void> {
    await this.field(title).getByRole("radio", { name: `${n} 星` }).click();
  }

  /** The unit price of the first line with this word. */
  price(title: string, line: string): Locator {
    const row = this.field(title).locator("tbody").filter({ hasText: line }).first();
    return row.getByRole("textbox", { name: "单价" });
  }
}

function exactly(title: string): RegExp {
  return new RegExp(`^\\*?\\s*${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}
