// Somebody without an account asks with a photo, an operator answers, and the link tells it.
import { expect, test } from "../app.ts";
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
  await page.goto("/enquiries");
  await page.getByRole("button", { name: /修了三次还是响/ }).click();
  const thread = page.getByRole("region", { name: "往来" });
  await expect(thread.getByRole("img", { name: "照片" })).toBeVisible();
  await thread.getByRole("button", { name: "我来接" }).click();
  await expect(thread.getByText("徐蕾")).toBeVisible();
  await thread.getByLabel("答复", { exact: true }).fill("问过工程师");
  await thread.getByRole("button", { name: /记为备注/ }).click();
  await expect(thread.getByText("问过工程师")).toBeVisible();
  await thread.getByLabel("答复", { exact: true }).fill("请来店,我们派主管复检。");
  await page.screenshot({ path: "test-results/enquiries.png", fullPage: true });
  await page.keyboard.press("Control+Enter");
  await expect(thread.getByText("已答复")).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "test-results/enquiries-phone.png", fullPage: true });

  await outside.reload();
  await expect(outside.getByText("请来店,我们派主管复检。")).toBeVisible();
  await expect(outside.getByText("问过工程师")).toHaveCount(0);
  await outside.screenshot({ path: "test-results/ask-answered.png", fullPage: true });
  await outside.getByRole("button", { name: "问题解决了" }).click();
  await expect(outside.getByText("这条咨询已经办结。")).toBeVisible();
  await phone.close();
});
