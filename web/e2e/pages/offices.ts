// Whose office somebody holds: naming a deputy, and handing one to-do on.
import { expect, type Page } from "@playwright/test";
import type { CasePage } from "./case.ts";
import { go } from "./frame.ts";

/** Names who acts for the signed-in person today. */
export async function nameDeputy(page: Page, name: string, why: string): Promise<void> {
  await go(page, "代理");
  const card = page.getByRole("region", { name: "指定代理人" });
  await choose(page, card.getByLabel("代理人", { exact: true }), name);
  await card.getByLabel("原因", { exact: true }).fill(why);
  await card.getByRole("button", { name: /^指\s*定$/ }).click();
  const rows = page.getByRole("listitem").filter({ hasText: why });
  await expect(rows.filter({ hasText: "代理中" })).toBeVisible();
}

/** Hands the act that the case opens with on to a colleague. */
export async function handOn(sheet: CasePage, name: string, why: string): Promise<void> {
  const { page, panel } = sheet;
  await panel.getByRole("button", { name: "转给他人办理" }).click();
  await choose(page, panel.getByLabel("转给", { exact: true }), name);
  await panel.getByLabel("原因", { exact: true }).fill(why);
  await panel.getByRole("button", { name: /^转\s*办$/ }).click();
  await expect(page.getByText(`已转给 ${name}`)).toBeVisible();
}

async function choose(page: Page, box: ReturnType<Page["getByLabel"]>, name: string) {
  await box.click();
  await box.fill(name);
  await page.locator(".ant-select-item-option", { hasText: name }).first().click();
}
