// The head plans who is on duty, the page shows what is nobody's; queue and hotline say who it is.
import { expect, test } from "../app.ts";

test("a week is planned, one day stands apart, and the queue says who is on duty", async ({
  page,
  company,
}) => {
  await company.signIn(await company.account("售后服务部经理"));
  await page.goto("/duty");
  await expect(page.getByRole("heading", { name: "值班表" })).toBeVisible();
  await page.getByRole("combobox", { name: "单位" }).click();
  await page.getByRole("combobox", { name: "单位" }).fill("售后服务部");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/无人值班的时段/)).toBeVisible();
  await page.getByRole("button", { name: "排班：周一" }).click();
  const dialog = page.getByRole("dialog");
  for (const day of ["周二", "周三", "周四", "周五", "周六", "周日"]) {
    await dialog.getByRole("button", { name: day }).click();
  }
  await dialog.getByRole("button", { name: "加一班" }).click();
  await dialog.getByRole("combobox", { name: "值班人员" }).fill("徐蕾");
  await page.keyboard.press("Enter");
  await dialog.getByLabel("从", { exact: true }).fill("00:00");
  await dialog.getByLabel("到", { exact: true }).fill("00:00");
  await page.screenshot({ path: "test-results/duty-edit.png" });
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/无人值班的时段/)).toHaveCount(0);
  await page.getByRole("button", { name: /^排班：\d/ }).nth(1).click();
  await dialog.getByRole("button", { name: "删除" }).click();
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("另排")).toBeVisible();
  await page.screenshot({ path: "test-results/duty.png", fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "test-results/duty-phone.png", fullPage: true });
  await page.getByRole("button", { name: "排班：周一" }).click();
  await page.screenshot({ path: "test-results/duty-edit-phone.png" });
  await page.setViewportSize({ width: 1440, height: 900 });

  await company.signIn(await company.account("接线员"));
  await page.goto("/enquiries");
  await expect(page.getByRole("link", { name: /值班：徐蕾/ })).toBeVisible();
  await page.goto("/hotline");
  await expect(page.getByRole("link", { name: /值班：徐蕾/ })).toBeVisible();
});
