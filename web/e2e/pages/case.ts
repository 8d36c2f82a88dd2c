// The case page: the sheet of one repair, visit or follow-up.
import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { Form } from "./form.ts";

export class CasePage {
  /** The act that is due, with its form. */
  readonly panel: Locator;
  readonly form: Form;
  readonly number: Locator;
  readonly verdict: Locator;
  /** What the page says to an act that is refused. */
  readonly refusal: Locator;
  /** The cases that hang on this one. */
  readonly children: Locator;

  constructor(readonly page: Page) {
    this.panel = page.locator("section.action");
    this.form = new Form(this.panel);
    this.number = page.locator(".case-title").getByRole("heading");
    this.verdict = page.getByRole("region", { name: "三包判定" }).first();
    this.refusal = this.panel.locator(".outcome .notice");
    this.children = page.locator("aside .document").filter({ has: page.getByRole("link") });
  }

  /** The case that is open now, once its page is there. */
  static async opened(page: Page): Promise<CasePage> {
    await expect(page).toHaveURL(/\/case\//);
    const sheet = new CasePage(page);
    await expect(sheet.number).toHaveText(/^[A-Z]{2}\d{4,6}-\d+/);
    return sheet;
  }

  /** The word of the state, beside the number. */
  async stands(state: string): Promise<void> {
    await expect(this.page.locator(".case-title").getByText(state, { exact: true })).toBeVisible();
  }

  /** A step of the head, by its word. */
  step(title: string): Locator {
    const steps = this.page.getByRole("list", { name: "流程步骤" });
    return steps.getByRole("listitem").filter({ hasText: title });
  }

  /** The act that the page opens with. */
  async offers(act: string): Promise<void> {
    await expect(this.panel.getByRole("heading", { name: act, exact: true })).toBeVisible();
  }

  /** Takes up another act than the one the page opens with. */
  async take(act: string): Promise<void> {
    const others = this.page.getByRole("region", { name: "其他操作" });
    await others.getByRole("button", { name: act, exact: true }).click();
    await this.offers(act);
  }

  /** Presses the red button below the form. */
  async submit(): Promise<void> {
    await this.panel.locator(".submit-bar").getByRole("button").click();
  }

  /** Does the act that the page opens with, and waits for the state that it leads to. */
  async does(act: string, state: string): Promise<void> {
    await this.offers(act);
    await this.submit();
    await this.stands(state);
  }

  /** Opens a case that hangs on this one, by its number. */
  async child(number: RegExp): Promise<CasePage> {
    await this.children.getByRole("link", { name: number }).click();
    await expect(this.number).toHaveText(number);
    return CasePage.opened(this.page);
  }

  /** The paper of that name, as it prints. */
  async paper(title: string): Promise<FrameLocator> {
    await this.page.getByRole("button", { name: title, exact: true }).first().click();
    return this.page.getByRole("dialog").frameLocator("iframe");
  }

  /** Puts the paper away. */
  async putAway(): Promise<void> {
    await this.page.getByRole("dialog").getByRole("button", { name: /^关\s*闭$/ }).last().click();
    await expect(this.page.getByRole("dialog")).toBeHidden();
  }
}
