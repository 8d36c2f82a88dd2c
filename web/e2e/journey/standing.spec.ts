// A tag is put on a customer; what staff heed stands wherever the customer comes up.
import { expect, test } from "../app.ts";

test.use({ world: "standing" });

test("a key account is received as one at the desk and on the order", async ({ page, company }) => {
  await company.signIn(await company.account("服务顾问"));
  const customer = await company.someCustomer();
  await page.goto(`/customer/${customer}`);
  const tags = page.getByRole("group", { name: "客户标签" });
  await tags.getByRole("button", { name: "重点客户" }).click();
  await expect(tags.getByRole("button", { name: "重点客户", pressed: true })).toBeVisible();
  await tags.getByRole("button", { name: "看不清小字" }).click();
  const heeds = page.locator(".standing");
  await expect(heeds).toContainText("A 级客户");
  await expect(heeds).toContainText("单据念给客户听");
  await expect(page.getByText("改标签").first()).toBeVisible();

  await page.goto(`/unit/${await company.someUnit()}`);
  await expect(page.locator(".standing")).toContainText("站长接待");
  await page.goto(`/case/${await company.someCase()}`);
  await expect(page.locator(".standing")).toContainText("重点客户");

  await page.goto(`/customer/${customer}`);
  await tags.getByRole("button", { name: "重点客户" }).click();
  await expect(heeds).not.toContainText("A 级客户");
});
