// A paper at the counter: looked at first, printed, printed again with the mark of a reprint; and a
// printer's offsets, which stay with the machine when its person leaves.
import type { Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Form } from "../pages/form.ts";
import { signIn, signOut } from "../pages/frame.ts";

/** Takes the printer's place: what would come out is counted, nothing waits for a dialogue. */
async function printer(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const at = window.top as unknown as { printed?: number };
    window.print = () => {
      at.printed = (at.printed ?? 0) + 1;
    };
  });
  return () => page.evaluate(() => (window as unknown as { printed?: number }).printed ?? 0);
}

test("a handover sheet is looked at, printed, and printed again as a reprint", async ({ at }) => {
  test.slow();
  const wang = await at("王军");
  const printed = await printer(wang);
  await wang.goto("/open/shift_handover");
  const start = new Form(wang.locator("section.action"));
  await start.candidate("接班人", "陈强").getByRole("button", { name: "选择" }).click();
  await start.type("交代事项", "打印机卡纸，补打一张");
  await start.type("车辆钥匙", "1");
  await start.type("现金", "80");
  await wang.getByRole("button", { name: "新建交接班" }).click();
  const sheet = await CasePage.opened(wang);
  const paper = await sheet.paper("交接班记录");
  const dialog = wang.getByRole("dialog");
  await expect(paper.getByText("打印机卡纸，补打一张")).toBeVisible();
  await expect(dialog.getByText("1 页")).toBeVisible();
  await expect(paper.getByText(/补打第/)).toHaveCount(0);

  const press = dialog.getByRole("button", { name: /打\s*印/ });
  await press.click();
  await expect.poll(printed).toBe(1);
  // The page that stands there now is the next one: it says what it will be.
  await expect(paper.getByText("补打第1次")).toBeVisible();
  await dialog.getByLabel("补打原因").fill("卡纸");
  await press.click();
  await expect.poll(printed).toBe(2);
  await expect(paper.getByText("补打第2次")).toBeVisible();
  await dialog.getByRole("button", { name: /^关\s*闭$/ }).last().click();

  const again = wang.locator("[data-event=printed]").filter({ hasText: "补打第1次" });
  await expect(again).toContainText("王军");
  await again.getByRole("button", { name: "详情" }).click();
  await expect(again).toContainText("卡纸");
  await expect(wang.getByText("已打印 2 次")).toBeVisible();
});

test("a printer's offset stays with the machine", async ({ page, company }) => {
  test.slow();
  const account = await company.named("李娜");
  const right = page.getByRole("spinbutton", { name: "向右移" });
  const frame = page.frameLocator("iframe");
  const corner = async () => (await frame.locator("svg").first().boundingBox())?.x ?? 0;
  await signIn(page, account);
  await page.goto("/printing");
  await expect(frame.locator("svg").first()).toBeVisible();
  const before = await corner();
  await right.fill("12");
  await right.blur();
  await expect.poll(async () => (await corner()) - before).toBeGreaterThan(20);
  await signOut(page);

  await signIn(page, await company.named("陈强"));
  await page.goto("/printing");
  await expect(right).toHaveValue("12.0");
  await page.getByRole("button", { name: "恢复默认" }).click();
  await page.getByRole("tooltip").getByRole("button", { name: "恢复默认" }).click();
  await expect(right).toHaveValue("0.0");
});
