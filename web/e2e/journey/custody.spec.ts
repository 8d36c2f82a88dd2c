// One battery from the maker's warehouse by courier to the station, its custody on one page.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import type { Form } from "../pages/form.ts";
import { go } from "../pages/frame.ts";

const serial = "LD20261121007";
const waybill = "SF1450007";

/** Scans into a field of parts: the code of a part, then each of its pieces. */
async function scan(form: Form, title: string, ...codes: readonly string[]): Promise<void> {
  const box = form.field(title).locator(".scan-box input").first();
  for (const code of codes) {
    await box.fill(code);
    await box.press("Enter");
  }
}

test("a battery is followed from the maker to the station on one page", async ({ at }) => {
  const maker = await at("林霞");
  await go(maker, "库存");
  await maker.getByRole("button", { name: "新建入库单" }).click();
  let sheet = new CasePage(maker);
  await sheet.form.type("供应商", "LD-POWER");
  await scan(sheet.form, "到货配件", "BAT-48-20", serial);
  await sheet.submit();
  sheet = await CasePage.opened(maker);
  await sheet.stands("已入库");
  const postings = maker.locator(".postings");
  await expect(postings.getByText("供应商 · LD-POWER")).toBeVisible();
  await expect(postings.getByRole("link", { name: serial })).toBeVisible();

  await go(maker, "库存");
  await maker.getByRole("button", { name: "新建调拨单" }).click();
  sheet = new CasePage(maker);
  await sheet.form.pick("收货单位", "城北维修站");
  await scan(sheet.form, "配件", "BAT-48-20", serial);
  await sheet.form.type("承运人", "顺丰");
  await sheet.form.type("运单号", waybill);
  await sheet.submit();
  sheet = await CasePage.opened(maker);
  await sheet.stands("在途");
  const number = await sheet.number.innerText();

  // The station sees what is on its way, and checks it in piece by piece.
  const keeper = await at("吴芳");
  await go(keeper, "库存");
  const row = keeper.getByRole("row").filter({ hasText: "BAT-48-20" });
  await expect(row.getByRole("button", { name: /^在途 \d/ })).toBeVisible();
  await keeper.locator(".stock-papers").getByRole("link", { name: number }).click();
  sheet = await CasePage.opened(keeper);
  await sheet.does("收货", "已收货");

  await go(keeper, "编号追踪");
  await keeper.getByRole("textbox", { name: "扫描或输入编号" }).fill(serial);
  await keeper.getByRole("button", { name: "查询" }).click();
  const life = keeper.getByRole("region", { name: serial });
  await expect(life.locator(".life-now")).toContainText("城北维修站");
  const steps = life.locator(".life-line li");
  await expect(steps).toHaveCount(4);
  await expect(steps.nth(0)).toContainText("LD-POWER");
  await expect(steps.nth(2)).toContainText(waybill);
  await expect(steps.nth(3)).toContainText("吴芳");
  await expect(steps.nth(3).getByRole("link", { name: number })).toBeVisible();

  // The number of the stock list leads to its account, the account to its case.
  await life.locator(".life-now").getByRole("link").click();
  await expect(keeper.getByRole("heading", { level: 1 })).toContainText("库存 · 城北维修站");
  const posted = keeper.getByRole("row").filter({ hasText: serial });
  await posted.getByRole("link", { name: number }).click();
  await CasePage.opened(keeper);
});
