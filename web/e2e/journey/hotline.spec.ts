// A call from the number to the log without the mouse, a case opened meanwhile, and a promise kept.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";

test("a call is worked by keyboard, with a case opened meanwhile", async ({
  page,
  company,
}) => {
  await company.signIn(await company.account("接线员"));
  await page.goto("/hotline?from=%2B86%20139-7700-8888");
  await expect(page).toHaveURL(/\/hotline$/);
  const box = page.locator("input[data-number]");
  await expect(box).toBeFocused();
  await expect(page.getByText("这个号码没有登记")).toBeVisible();
  // Number, Enter, kind, note, save: no mouse.
  await page.keyboard.press("Enter");
  const question = page.getByRole("radio", { name: "咨询", exact: true });
  await expect(question).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type("周瑜");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("新车充电要多久");
  await expect(page.getByText("139 7700 8888")).toBeVisible();
  await page.screenshot({ path: "test-results/hotline-typed.png", fullPage: true });
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("status").filter({ hasText: "已记下" })).toBeVisible();
  await expect(box).toBeFocused();
  const back = page.locator(".back-row").filter({ hasText: "新车充电要多久" });
  await expect(back).toBeVisible();

  // The same number again: known by now, with the call before.
  await page.keyboard.type("13977008888");
  await expect(page.locator(".caller").getByText("新车充电要多久")).toBeVisible();
  await page.screenshot({ path: "test-results/hotline-known.png", fullPage: true });
  await page.keyboard.press("Enter");
  await expect(question).toBeFocused();
  await page.keyboard.press("ArrowRight");
  const sheet = new CasePage(page);
  await sheet.form.type("反映的事", "刹车异响");
  await page.getByRole("button", { name: "两小时内" }).click();
  await page.locator(".call-foot").getByRole("button", { name: "边说边开单" }).click();
  await page.getByRole("menuitem", { name: "咨询", exact: true }).click();
  await expect(page).toHaveURL(/\/open\/consultation/);
  await sheet.submit();
  await expect(page).toHaveURL(/\/hotline$/);
  await expect(sheet.form.field("后续单号").getByRole("textbox")).toHaveValue(/\d{6}-\d{4}/);
  await expect(sheet.form.field("反映的事").getByRole("textbox")).toHaveValue("刹车异响");
  await page.screenshot({ path: "test-results/hotline-back.png", fullPage: true });
  await page.getByRole("button", { name: /^记下/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "已记下" })).toBeVisible();
  // What is due within two hours stands before what has a day.
  await expect(page.locator(".back-row").first()).toContainText("刹车异响");
});
