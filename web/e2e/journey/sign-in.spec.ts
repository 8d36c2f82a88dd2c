import { expect, test } from "../app.ts";
import { signIn } from "../pages/frame.ts";

test("each demo account signs in by the form and sees its own work", async ({ page, company }) => {
  const accounts = await company.accounts();
  expect(accounts.length, "one account per role").toBeGreaterThan(3);
  for (const account of accounts) {
    await test.step(account.role.zh, async () => {
      await signIn(page, account);
      await expect(page.getByRole("main")).toBeVisible();
      await page.context().clearCookies();
    });
  }
});

test("a wrong password is refused beside the form, and what was typed stays", async ({
  page,
  company,
}) => {
  const [account] = await company.accounts();
  if (!account) throw new Error("the demo has no accounts");
  await page.goto("/");
  await page.getByLabel("账号", { exact: true }).fill(account.login);
  await page.getByLabel("密码", { exact: true }).fill("not-the-password");
  await page.getByRole("button", { name: /^登\s*录$/ }).click();
  await expect(page.getByRole("alert")).toContainText("账号或密码不对");
  await expect(page.getByLabel("账号", { exact: true })).toHaveValue(account.login);
});
