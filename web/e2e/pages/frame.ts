// What stands around every page: signing in and out, and going from one page to another.
import { expect, type Page } from "@playwright/test";
import type { Account } from "../app.ts";

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto("/");
  await page.getByLabel("账号", { exact: true }).fill(account.login);
  await page.getByLabel("密码", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: /^登\s*录$/ }).click();
  await expect(page.getByRole("banner")).toBeVisible();
}

/** Opens a page by the side bar; a number beside its name counts what waits there. */
export async function go(page: Page, name: string): Promise<void> {
  const link = new RegExp(`^${name}(\\s*\\d+)?$`);
  await page.getByRole("navigation").getByRole("link", { name: link }).click();
}

/** Leaves, as a person does before a colleague takes the chair. */
export async function signOut(page: Page): Promise<void> {
  const leave = page.getByRole("menuitem", { name: "退出登录" });
  const login = page.getByLabel("账号", { exact: true });
  await page.getByRole("button", { name: /^账户 / }).click();
  // The menu finds its place once more after it is drawn; no hand is quick enough to miss it then.
  await expect(async () => {
    await leave.click({ timeout: 1_000 });
    await expect(login).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 10_000 });
}
