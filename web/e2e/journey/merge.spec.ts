// One person on two files: the pair is listed, compared, merged, and taken back; the old number of
// the file that went leads to the kept one meanwhile.
import { expect, test } from "../app.ts";

test("two files of one person become one, and are parted again", async ({ page, company }) => {
  await company.signIn(await company.account("售后服务部经理"));
  const [one, two] = await company.isTwice();
  await page.goto("/duplicates");
  await expect(page.getByText("相同之处：电话相同、姓名相同、住址相近")).toBeVisible();
  await page.screenshot({ path: "test-results/duplicates.png", fullPage: true });
  await page.getByRole("link", { name: "对比" }).first().click();
  await page.getByRole("radiogroup", { name: "住址" }).getByRole("radio").nth(1).check();
  await page.getByLabel("理由，例如同一人、来电核对过").fill("同一人，来电核对过");
  await page.screenshot({ path: "test-results/merge.png", fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "test-results/merge-390.png", fullPage: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "合并", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/customer/${one}$`));
  await expect(page.getByRole("heading", { name: "并入的资料" })).toBeVisible();
  await page.goto(`/customer/${two}`);
  await expect(page).toHaveURL(new RegExp(`/customer/${one}$`));
  await expect(page.getByText("并入另一份资料").first()).toBeVisible();
  await page.screenshot({ path: "test-results/merged.png", fullPage: true });
  await page.getByLabel("撤销的理由").fill("是两父子");
  await page.getByRole("button", { name: "撤销合并" }).click();
  await expect(page.getByRole("heading", { name: "并入的资料" })).toHaveCount(0);
  await page.goto(`/customer/${two}`);
  await expect(page).toHaveURL(new RegExp(`/customer/${two}$`));
  await expect(page.getByText("可能是同一位客户")).toBeVisible();
  await page.screenshot({ path: "test-results/likely.png", fullPage: true });
});

test("a customer's dealings stand in one list", async ({ page, company }) => {
  await company.signIn(await company.account("服务顾问"));
  await page.goto(`/customer/${await company.someCustomer()}`);
  await expect(page.getByRole("heading", { name: "往来记录" })).toBeVisible();
  await expect(page.locator(".dealings > li").first()).toBeVisible();
  await page.screenshot({ path: "test-results/dealings.png", fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "test-results/dealings-390.png", fullPage: true });
  await page.evaluate(() => localStorage.setItem("sanbao.language", '"en"'));
  await page.reload();
  await expect(page.getByRole("heading", { name: "Dealings" })).toBeVisible();
  await page.screenshot({ path: "test-results/dealings-en-390.png", fullPage: true });
});
