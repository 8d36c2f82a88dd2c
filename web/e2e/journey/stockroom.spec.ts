// What a storeroom has trouble with: a van that may carry so much and no more, and comes back with
// what was not fitted; a substitute that needs a reason; a workbook corrected and given again.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";
import { Imports } from "../pages/imports.ts";
import { Parts } from "../pages/parts.ts";
import { started, tyre } from "../pages/workshop.ts";

test.describe.configure({ mode: "serial" });
test.use({ world: "stockroom" });

const PADS = "PAD-F";
/** A visit of the demo company that nobody was sent to yet. */
const VISIT = /^SM\d{6}-0002$/;
const [TYRE, TUBELESS] = ["TIR-16", "TIR-16V"] as const;

test("a van carries what its quota allows and no more", async ({ at }) => {
  test.setTimeout(40_000);
  const head = await at("刘洋");
  await go(head, "出入库");
  await head.getByRole("button", { name: "新建随车库限额" }).click();
  const quota = new CasePage(head);
  await quota.form.candidate("技师", "赵磊").getByRole("button", { name: "选择" }).click();
  const most = new Parts(quota.form, "每种最多几件");
  await most.scan(PADS);
  await most.pieces(PADS).fill("2");
  await quota.submit();
  await (await CasePage.opened(head)).stands("已生效");

  await go(head, "上门");
  await head.getByRole("main").getByRole("link", { name: VISIT }).first().click();
  const visit = await CasePage.opened(head);
  await visit.offers("派人");
  await visit.form.candidate("技师", "赵磊").getByRole("button", { name: "派人" }).click();
  await visit.stands("已派人");

  const own = await at("赵磊");
  await go(own, "上门");
  await own.getByRole("main").getByRole("link", { name: VISIT }).first().click();
  const job = await CasePage.opened(own);
  await job.take("领料上车");
  const loaded = new Parts(job.form, "带上车的配件");
  await loaded.scan(PADS);
  await loaded.pieces(PADS).fill("3");
  await job.submit();
  await expect(job.refusal.first()).toContainText("限额");
  await loaded.pieces(PADS).fill("2");
  await job.submit();
  await expect(own.getByText("已领料上车").first()).toBeVisible();
});

test("what was not fitted comes back from the van, all of it", async ({ at, company }) => {
  test.setTimeout(40_000);
  const own = await at("赵磊");
  await go(own, "上门");
  await own.getByRole("main").getByRole("link", { name: VISIT }).first().click();
  const job = await CasePage.opened(own);
  await job.take("随车退料");
  const back = new Parts(job.form, "交回站库的配件");
  await expect(back.pieces(PADS)).toHaveValue("2");
  await back.pieces(PADS).fill("1");
  // Said while it is typed: the button waits for a reason.
  await expect(job.refusal.first()).toContainText("核对车上的件");
  await back.pieces(PADS).fill("2");
  await job.submit();
  await expect(own.getByText("已退料交回").first()).toBeVisible();
  await company.signIn(await company.named("罗佳"));
  expect((await company.verify()).problems).toEqual([]);
});

let repair = "";

test("a worn tyre goes to the workshop as the last one leaves for another station", async ({
  at,
  company,
}) => {
  test.setTimeout(40_000);
  repair = await tyre(await at("李娜"), "0033");
  await company.signIn(await company.named("吴芳"));
  const received = [{ part: TUBELESS, quantity: 2 }];
  await company.opens("stock_receipt", { supplier: "LD-POWER", received });
  const shipped = [{ part: TYRE, quantity: await company.onShelf(TYRE) }];
  const ship_to = await company.unit("BJ");
  const courier = { carrier: "顺丰", waybill: "SF26112299", expected_on: "2099-01-01" };
  await company.opens("stock_transfer", { ship_to, shipped, ...courier });
});

test("where the tyre is out, a substitute is issued with a reason", async ({ at }) => {
  test.setTimeout(40_000);
  const job = await started(at, repair);
  await job.take("领料");
  const parts = new Parts(job.form, "领用配件");
  await parts.row(TYRE).getByRole("button", { name: /^改用替代件/ }).click();
  await expect(parts.row(TUBELESS)).toContainText("替代");
  await job.submit();
  await expect(job.refusal.first()).toContainText("用了替代件,没有写明原因");
  await parts.row(TUBELESS).getByLabel("原因").fill("原装外胎缺货,客户同意");
  await job.submit();
  const issued = job.page.locator(".parts-view").first();
  await expect(issued).toContainText(TUBELESS);
  await expect(issued).toContainText("原装外胎缺货");
});

test("the wrong rows of a workbook are corrected and given again", async ({ at }) => {
  test.setTimeout(40_000);
  const imports = new Imports(await at("林霞"));
  await imports.open();
  await imports.give("sold-vehicles-messy.xlsx");
  const good = await imports.count("可导入");
  const wrong = await imports.count("有错");
  expect((await imports.list("有错")).map(({ why }) => why)).toContain("没有这一天");
  const errors = await imports.wrong();
  await imports.apply(good);
  await imports.another();
  await imports.giveBack(errors, { "3/4/25": "2025-03-04", "2025-02-30": "2025-02-28" });
  expect(await imports.count("可导入")).toBe(2);
  expect(await imports.count("有错")).toBe(wrong - 2);
  await imports.apply(2);
});
