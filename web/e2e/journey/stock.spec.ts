// Parts by scan: received, counted with a difference explained, approved by somebody else, and a
// battery issued to a repair by its serial.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";
import { Parts } from "../pages/parts.ts";
import { chargeless, started } from "../pages/workshop.ts";

test.describe.configure({ mode: "serial" });

const BATTERY = "BAT-36-10";
const TUBE = "TUB-16";
/** The one that fits the bike of the repair. */
const SMALL_TUBE = "TUB-14";
const [FIRST, SECOND, THIRD] = ["TN26110001", "TN26110002", "TN26110003"] as const;

test("the storekeeper receives parts by scanning them", async ({ at }) => {
  const store = await at("吴芳");
  await go(store, "出入库");
  await store.getByRole("button", { name: "新建入库单" }).click();
  let sheet = new CasePage(store);
  await sheet.form.type("供应商", "TIANNENG");
  const parts = new Parts(sheet.form, "到货配件");
  await test.step("a serial needs its part first", async () => {
    await parts.scan(FIRST);
    await expect(parts.said).toContainText("请先扫配件码");
    await expect(parts.field.locator("li[data-part]")).toHaveCount(0);
  });
  await parts.scan(BATTERY, FIRST, SECOND, THIRD);
  await test.step("a serial twice is said and changes nothing", async () => {
    await parts.scan(SECOND);
    await expect(parts.said).toContainText(`${SECOND} 已经在`);
    expect(await parts.serials(BATTERY)).toEqual([FIRST, SECOND, THIRD]);
  });
  await parts.scan(TUBE, TUBE);
  await expect(parts.pieces(TUBE)).toHaveValue("2");
  await test.step("keys alone change the pieces", async () => {
    await parts.box.press("ArrowRight");
    await expect(parts.pieces(TUBE)).toHaveValue("3");
    await parts.pieces(TUBE).fill("20");
  });
  await sheet.submit();
  sheet = await CasePage.opened(store);
  await sheet.stands("已入库");
  const rows = store.locator(".parts-view").first();
  await expect(rows).toContainText(BATTERY);
  await expect(rows).toContainText(THIRD);
});

test("counted blind, the difference explained, approved by somebody else", async ({ at }) => {
  const store = await at("吴芳");
  await go(store, "出入库");
  await store.getByRole("button", { name: "新建盘点单" }).click();
  let sheet = new CasePage(store);
  const parts = new Parts(sheet.form, "实点");
  // Whose serial it is the books would tell: a blind count asks for the part first.
  await parts.scan(BATTERY, FIRST, SECOND, TUBE);
  await parts.pieces(TUBE).fill("20");
  await test.step("the books are hidden from who counts", async () => {
    await expect(parts.row(BATTERY)).not.toContainText("账面");
    await expect(parts.row(BATTERY)).not.toContainText(THIRD);
    await expect(parts.row(TUBE)).not.toContainText("账面");
  });
  await sheet.submit();
  sheet = await CasePage.opened(store);
  await sheet.stands("待核准");
  const number = await sheet.number.innerText();
  await test.step("who counted does not approve", async () => {
    await expect(store.getByRole("button", { name: "核准入账" })).toHaveCount(0);
  });
  const head = await at("刘洋");
  await go(head, "出入库");
  await head.getByRole("main").getByRole("link", { name: number }).first().click();
  const approval = await CasePage.opened(head);
  await approval.offers("核准入账");
  await test.step("a difference without a reason is refused", async () => {
    await approval.submit();
    await expect(approval.refusal.first()).toContainText("有差异的配件没有写原因");
  });
  const counted = new Parts(approval.form, "实点与账面");
  await expect(counted.row(BATTERY)).toContainText("少 1");
  // The refusal takes the cursor to the scan box; who writes before it is there writes into it.
  await expect(counted.box).toBeFocused();
  await counted.reason(BATTERY, "展车借用未还");
  // The demo company had tubes before.
  await counted.reason(TUBE, "领用未登记");
  await approval.does("核准入账", "已入账");
  await expect(head.locator(".parts-view").first()).toContainText("展车借用未还");
});

test("a battery is issued to a repair by its serial", async ({ at, company }) => {
  const advisor = await at("李娜");
  const number = await chargeless(advisor, "670048");
  const job = await started(at, number);
  await job.take("领料");
  const parts = new Parts(job.form, "领用配件");
  await test.step("the estimate says which part; its serial is to be scanned", async () => {
    await expect(parts.row(BATTERY)).toContainText("逐件扫描编号");
  });
  await test.step("a serial that does not lie here is not taken", async () => {
    await parts.scan(THIRD);
    await expect(parts.said).toContainText(`“${THIRD}”不在本库`);
    expect(await parts.serials(BATTERY)).toEqual([]);
  });
  await parts.scan(FIRST);
  expect(await parts.serials(BATTERY)).toEqual([FIRST]);
  await test.step("more than is booked is refused by the books", async () => {
    await parts.scan(SMALL_TUBE);
    await parts.pieces(SMALL_TUBE).fill("99");
    await job.submit();
    await expect(job.refusal.first()).toContainText("14 寸内胎” 不足：要 99 件");
    await parts.row(SMALL_TUBE).getByRole("button", { name: /^删除/ }).click();
  });
  await job.submit();
  await expect(job.page.locator(".parts-view").first()).toContainText(FIRST);
  await company.signIn(await company.named("罗佳"));
  expect((await company.verify()).problems).toEqual([]);
});

test("of two batteries sent by courier one arrives, and the other is accounted for", async ({
  at,
}) => {
  const [here, lost] = ["TN26110091", "TN26110092"] as const;
  const maker = await at("林霞");
  await go(maker, "出入库");
  await maker.getByRole("button", { name: "新建入库单" }).click();
  let sheet = new CasePage(maker);
  await sheet.form.type("供应商", "TIANNENG");
  await new Parts(sheet.form, "到货配件").scan(BATTERY, here, lost);
  await sheet.submit();
  await (await CasePage.opened(maker)).stands("已入库");
  await go(maker, "出入库");
  await maker.getByRole("button", { name: "新建调拨单" }).click();
  sheet = new CasePage(maker);
  await sheet.form.pick("收货单位", "城北维修站");
  await new Parts(sheet.form, "配件").scan(here, lost);
  await sheet.form.type("承运人", "顺丰");
  await sheet.form.type("运单号", "SF26112201");
  await sheet.submit();
  sheet = await CasePage.opened(maker);
  await sheet.stands("在途");
  const number = await sheet.number.innerText();
  const store = await at("吴芳");
  await go(store, "出入库");
  await store.getByRole("main").getByRole("link", { name: number }).first().click();
  const arrival = await CasePage.opened(store);
  await arrival.offers("收货");
  const arrived = new Parts(arrival.form, "实收");
  await expect(arrived.row(BATTERY)).toContainText(lost);
  await arrived.press("清空,逐件扫描");
  await arrived.scan(here);
  await expect(arrived.row(BATTERY)).toContainText("少 1");
  await test.step("one too few is refused", async () => {
    await arrival.submit();
    await expect(arrival.refusal.first()).toContainText("与发货不符");
  });
  const short = new Parts(arrival.form, "短少");
  await short.press("填入没有到的 1 件");
  expect(await short.serials(BATTERY)).toEqual([lost]);
  await short.row(BATTERY).getByLabel("短少原因").fill("途中遗失");
  await arrival.does("收货", "已收货");
});
