// An article is written, found in the customer's words beside a call, and counted by what it
// helped with.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";

test("an article is written, found beside a call, and counted with it", async ({
  page,
  company,
}) => {
  await company.signIn(await company.account("售后服务部"));
  await page.goto("/knowledge");
  await page.getByRole("button", { name: "写文章" }).click();
  await page.getByLabel("标题").fill("插座松动充不进电");
  await page.getByLabel("正文").fill("先换插座,再看充电器指示灯。");
  await page.getByLabel("为什么写或改").fill("热线常问");
  await page.getByRole("button", { name: "发布" }).click();
  await expect(page.getByRole("heading", { name: "插座松动充不进电" })).toBeVisible();
  await page.screenshot({ path: "test-results/knowledge.png", fullPage: true });

  await page.goto("/hotline?from=13977008888");
  const sheet = new CasePage(page);
  await sheet.form.type("反映的事", "车子充不进电");
  await page.locator("summary", { hasText: "插座松动充不进电" }).click();
  await page.getByRole("button", { name: "这篇帮上了" }).click();
  await sheet.form.type("答复", "换插座试试");
  await page.screenshot({ path: "test-results/hotline-help.png", fullPage: true });
  await page.getByRole("button", { name: /^记下/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "已记下" })).toBeVisible();
  await page.goto("/knowledge?q=插座松动");
  await page.locator(".article-row").first().click();
  await expect(page.getByText("帮上 1 次")).toBeVisible();
});
