// A list of people in a form, and the wall where their certificates hang.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Form } from "./form.ts";
import { go } from "./frame.ts";

/** The rows of a list of people. */
export class PeopleList {
  private readonly field: Locator;

  constructor(form: Form, title: string) {
    this.field = form.field(title);
  }

  row(name: string): Locator {
    return this.field.getByRole("listitem").filter({ hasText: name });
  }

  /** Puts somebody on the list by name. */
  async add(name: string): Promise<void> {
    await this.field.getByRole("combobox").fill(name);
    const options = this.field.page().locator(".ant-select-item-option", { hasText: name });
    await options.first().click();
    await expect(this.row(name)).toBeVisible();
  }

  /** Answers a yes or no about somebody. */
  async say(name: string, column: string, answer: "是" | "否"): Promise<void> {
    const group = this.row(name).getByRole("radiogroup", { name: `${name} ${column}` });
    await group.getByRole("radio", { name: answer, exact: true }).click();
  }

  /** Types a number about somebody. */
  async type(name: string, column: string, text: string): Promise<void> {
    await this.row(name).getByRole("textbox", { name: `${name} ${column}` }).fill(text);
  }
}

/** The certificate wall. */
export class Wall {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await go(this.page, "上岗证墙");
  }

  card(name: string): Locator {
    return this.page.getByRole("article", { name, exact: true });
  }
}
