// The page of a case: the act that is due, and where the case then stands.
import { expect, type Locator, type Page } from "@playwright/test";
import { Form } from "./form.ts";
import { go } from "./frame.ts";

/** A form is previewed after each pause in typing; that takes less. */
const PREVIEW_MS = 700;

const isAct = (address: string) => /\/cases(\/[^/]+\/actions\/[^/]+)?$/.test(address);

export class CasePage {
  readonly panel: Locator;
  readonly form: Form;

  constructor(readonly page: Page) {
    this.panel = page.locator("section.action");
    this.form = new Form(this.panel);
  }

  /** Opens a case from the workbench, where what I must do stands. */
  async find(number: string): Promise<void> {
    await go(this.page, "工作台");
    await this.page.getByRole("link", { name: number }).first().click();
    await expect(this.page.getByRole("heading", { name: number })).toBeVisible();
  }

  /** The number as it is printed. */
  async number(): Promise<string> {
    const heading = this.page.getByRole("heading", { level: 1, name: /^WX/ });
    const text = await heading.innerText();
    const number = /[A-Z]{2}\d{6}-\d{4,}/.exec(text)?.[0];
    if (!number) throw new Error(`no number in ${text}`);
    return number;
  }

  /** Chooses another act than the one that is due. */
  async choose(act: string): Promise<void> {
    await this.page.getByLabel("其他操作").getByRole("button", { name: act }).click();
  }

  /** Presses the red button, once the server's preview has moved nothing any more. */
  async submit(act: string): Promise<void> {
    const button = this.panel.getByRole("button", { name: act, exact: true });
    await expect(button).toBeEnabled();
    await button.scrollIntoViewIfNeeded();
    await expect(async () => {
      const before = await button.boundingBox();
      await this.page.waitForTimeout(PREVIEW_MS);
      expect(await button.boundingBox()).toEqual(before);
    }).toPass();
    const answered = this.page.waitForResponse(
      (each) => each.request().method() === "POST" && isAct(each.url()),
    );
    await button.click();
    const answer = await answered;
    expect(answer.ok(), `${act}: ${await answer.text()}`).toBe(true);
  }

  /** Waits until the case stands at this step. */
  async at(step: string): Promise<void> {
    await expect(this.page.locator("[aria-current=step]").first()).toContainText(step);
  }
}
