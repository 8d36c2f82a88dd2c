// A day at the hotline: who gives no name, a fault that becomes an order while talking, a complaint
// with a promised hour, and in the afternoon the calls that were promised, what is due first at the
// top.
import type { Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";

test.use({ world: "hotline-day" });

/** A number rings, as a telephone system opens the page. */
async function rings(page: Page, number: string): Promise<CasePage> {
  await page.goto(`/hotline?from=${number}`);
  await expect(page).toHaveURL(/\/hotline$/);
  await expect(page.locator("input[data-number]")).toBeFocused();
  return new CasePage(page);
}

const kind = (page: Page, name: string) => page.getByRole("radio", { name, exact: true }).click();

async function noted(page: Page): Promise<void> {
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("status").filter({ hasText: "已记下" })).toBeVisible();
}

test("a day at the hotline, from the first ring to the last promised call", async ({ at }) => {
  test.slow();
  const page = await at("徐蕾");

  await test.step("a question answered at once leaves nothing to do", async () => {
    const call = await rings(page, "13977110001");
    await kind(page, "咨询");
    await call.form.type("反映的事", "冬天里程变短正常吗");
    await call.form.type("答复", "零度以下容量会下降两成左右,升温后恢复");
    await noted(page);
    await expect(page.getByText("没有要回的电话")).toBeVisible();
  });

  await test.step("who called before is greeted as somebody known", async () => {
    const call = await rings(page, "13977110001");
    await expect(page.locator(".caller")).toContainText("冬天里程变短正常吗");
    await kind(page, "咨询");
    await call.form.type("来电人", "陆逊");
    await call.form.type("反映的事", "电池能借一块吗");
    await noted(page);
    await rings(page, "13977110001");
    await expect(page.locator(".caller"), "one file, now with a name").toContainText("陆*");
  });

  await test.step("a complaint gets an hour, and stands before what has a day", async () => {
    const call = await rings(page, "13977110002");
    await kind(page, "投诉");
    await call.form.type("来电人", "吕蒙");
    await call.form.type("反映的事", "等了三天没人联系");
    await page.getByRole("button", { name: "半小时内" }).click();
    await noted(page);
    await expect(page.locator(".back-row").first()).toContainText("等了三天没人联系");
    await expect(page.locator(".back-row").nth(1)).toContainText("电池能借一块吗");
  });

  await test.step("a number held back is taken down too", async () => {
    await go(page, "热线");
    const call = new CasePage(page);
    await kind(page, "意见建议");
    await call.form.type("反映的事", "说明书的字太小");
    await call.form.type("答复", "已记下,转给产品部门");
    await noted(page);
  });

  await test.step("the promised call is made, and leaves the list", async () => {
    await page.locator(".back-row").first().click();
    const log = await CasePage.opened(page);
    await log.stands("待回电");
    await log.form.type("答复", "维修站今天下午两点上门");
    await log.submit();
    await log.stands("已答复");
    await go(page, "热线");
    await expect(page.locator(".back-row")).toHaveCount(1);
    await expect(page.locator(".back-row")).toContainText("电池能借一块吗");
  });
});
