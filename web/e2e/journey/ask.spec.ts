// Somebody without an account asks with a photo, an operator answers, and the link tells it.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { picture } from "../pages/picture.ts";

test("a question is asked outside, answered inside, and closed behind its link", async ({
  browser,
  page,
  company,
}) => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const outside = await phone.newPage();
  await page.goto("/ask");
  await outside.goto(page.url());
  await outside.getByText("投诉", { exact: true }).click();
  await outside.getByLabel("请写下内容").fill("修了三次还是响");
  await outside.getByLabel(/涉及安全/).check();
  await expect(outside.getByRole("alert")).toContainText("119");
  await outside.locator("input[type=file]").setInputFiles(picture(1));
  await outside.getByLabel(/手机号/).fill("139 7700 1234");
  await outside.getByRole("checkbox", { name: "我已阅读并同意" }).check();
  await outside.screenshot({ path: "test-results/ask-form.png", fullPage: true });
  await outside.getByRole("button", { name: "提交" }).click();
  await expect(outside).toHaveURL(/\/q\/[\w-]{30}$/);
  await expect(outside.getByText("等待答复")).toBeVisible();
  await expect(outside.getByRole("img", { name: "照片" })).toBeVisible();

  await company.signIn(await company.account("接线员"));
  const found = await page.request.get("/api/v1/cases?process=enquiry");
  const { items } = (await found.json()) as { items: { id: string }[] };
  await page.goto(`/case/${items[0]?.id}`);
  const sheet = new CasePage(page);
  await sheet.offers("答复");
  await sheet.form.type("答复内容", "请来店,我们派主管复检。");
  await sheet.submit();
  await expect(page.getByText("已答复").first()).toBeVisible();

  await outside.reload();
  await expect(outside.getByText("请来店,我们派主管复检。")).toBeVisible();
  await outside.screenshot({ path: "test-results/ask-answered.png", fullPage: true });
  await outside.getByRole("button", { name: "问题解决了" }).click();
  await expect(outside.getByText("这条咨询已经办结。")).toBeVisible();
  await phone.close();
});
