// A morning at the counter: ten visitors with the ten stories that stop other systems, one after
// the other at one desk, by what is on the screen.
import type { Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Desk } from "../pages/desk.ts";
import { go } from "../pages/frame.ts";

test.use({ world: "morning" });
/** Comes to the desk, says a few digits, and is asked what is wrong. */
async function comes(page: Page, digits: string): Promise<CasePage> {
  const desk = new Desk(page);
  await desk.open();
  await desk.find(digits, new RegExp(digits));
  await desk.newOrder();
  return new CasePage(page);
}

/** Types what nobody has registered and takes the way that fits. */
async function unknown(page: Page, typed: string, way: string): Promise<CasePage> {
  const desk = new Desk(page);
  await desk.open();
  await desk.box.fill(typed);
  await expect(page.getByText(`没有找到“${typed}”`)).toBeVisible();
  await page.getByRole("button", { name: new RegExp(`^${way}`) }).click();
  return new CasePage(page);
}

/** The form goes in, and an order stands. */
async function received(sheet: CasePage): Promise<CasePage> {
  await sheet.submit();
  const opened = await CasePage.opened(sheet.page);
  await opened.stands("接车检查");
  return opened;
}

test("a neighbour brings the bike: who brought it stands beside whose it is", async ({ at }) => {
  const sheet = await comes(await at("李娜"), "0044");
  await sheet.form.type("故障现象", "后刹车发软");
  await sheet.form.pick("送修人", "他人代送");
  await sheet.submit();
  // Who brought it must be known, or nobody can be asked; what was typed is still there.
  await expect(sheet.form.field("代送人姓名")).toContainText("代送人姓名");
  await sheet.form.type("代送人姓名", "邻居老赵");
  await sheet.form.type("代送人电话", "13977000044");
  await received(sheet);
  await expect(sheet.page.getByRole("main")).toContainText("139****0044");
});

test("a bike that nobody registered is received now and reviewed later", async ({ at }) => {
  const sheet = await unknown(await at("李娜"), "LRFX6269990001", "未登记的车");
  await expect(sheet.form.field("车架号").getByRole("textbox")).toHaveValue("LRFX6269990001");
  await sheet.form.type("故障现象", "骑行中断电");
  await sheet.form.type("客户姓名", "孟获");
  const opened = await received(sheet);
  await expect(opened.page.getByRole("main")).toContainText("待核实");
  // He comes back at noon and says nothing but his name.
  const desk = new Desk(sheet.page);
  await desk.open();
  await desk.box.fill("孟获");
  await expect(sheet.page.getByRole("link", { name: /^WX\d.*孟\*/ })).toBeVisible();
  // Or his wife comes and reads the last six of the frame.
  await desk.box.fill("990001");
  await expect(sheet.page.getByRole("link", { name: /^WX\d.*孟\*/ })).toBeVisible();
});

test("another maker's bike without a telephone: received, and never under our guarantee", async ({
  at,
}) => {
  const sheet = await unknown(await at("李娜"), "小牛一辆", "其他品牌");
  await sheet.form.type("故障现象", "前胎扎了");
  await sheet.form.type("品牌", "小牛");
  let opened = await received(sheet);
  await opened.form.check("外观与功能");
  await opened.does("双确认", "故障诊断");
  await opened.form.pick("故障部件", "外胎");
  await opened.form.pick("故障类别", "磨损");
  await opened.does("诊断", "三包判定");
  await opened.does("判定", "报价确认");
  await expect(opened.verdict).toContainText("客户付费");
  opened = await CasePage.opened(sheet.page);
  await opened.form.addLine("项目", "16 寸外胎");
  await opened.does("报价", "待客户签字");
});

test("a lost card: the register stands in for it", async ({ at }) => {
  const sheet = await comes(await at("李娜"), "0040");
  await sheet.form.type("故障现象", "充满电只能骑十公里");
  const opened = await received(sheet);
  await opened.form.check("凭证", "有保修卡", "卡、物相符");
  await opened.form.check("外观与功能");
  await opened.form.photos("接车照片");
  await opened.does("双确认", "故障诊断");
  await opened.form.pick("故障部件", "锂离子电池");
  await opened.form.pick("故障类别", "无法充电");
  await opened.does("诊断", "三包判定");
  await opened.does("判定", "报价确认");
  // Without a card the customer would pay (7.2.4).
  await expect(opened.verdict).toContainText("客户付费");
  await opened.take("凭登记认卡");
  await opened.form.pick("已核对购车人身份", "是");
  await opened.submit();
  await opened.does("判定", "报价确认");
  await expect(opened.verdict).toContainText("厂家承担");
});

test("the same bike twice at the door: the open order stands before a new one", async ({ at }) => {
  const page = await at("李娜");
  const desk = new Desk(page);
  await desk.open();
  await desk.box.fill("0024");
  const standing = page.getByRole("main").getByRole("link", { name: /^WX\d/ });
  await expect(standing.first()).toBeVisible();
  await standing.first().click();
  await CasePage.opened(page);
});

test("too dear: the order ends with its reason and the bike goes home", async ({ at }) => {
  const sheet = await comes(await at("李娜"), "0000");
  await sheet.form.type("故障现象", "仪表不亮");
  const opened = await received(sheet);
  await opened.take("不修结单");
  await opened.form.pick("原因", "客户嫌贵");
  await opened.submit();
  const sure = opened.page.locator(".ant-popconfirm");
  await sure.getByRole("button", { name: "不修结单" }).click();
  await opened.stands("未修结单");
});

test("a bike bought from a friend: the seller agrees, or the order waits for nothing", async ({
  at,
}) => {
  const page = await at("李娜");
  const desk = new Desk(page);
  await desk.open();
  await desk.find("0048", /0048$/);
  await page.getByRole("button", { name: "更多" }).click();
  await page.getByRole("menuitem", { name: /过户/ }).click();
  const sheet = new CasePage(page);
  await sheet.form.type("车上读到的车架号", "LRFM2260670048");
  await sheet.form.type("保修卡号", "BX13260670048");
  await sheet.form.field("买方(新车主)").getByRole("textbox").first().fill("祝融");
  await sheet.form.field("买方(新车主)").getByRole("textbox").last().fill("13977000048");
  await sheet.submit();
  const opened = await CasePage.opened(page);
  await opened.stands("待双方确认");
});

test("the telephone rings meanwhile: taken down, and the half-filled order is still there", async ({
  at,
}) => {
  const page = await at("李娜");
  const sheet = await comes(page, "0049");
  await sheet.form.type("故障现象", "大灯一闪一闪");
  await go(page, "热线");
  await page.locator("input[data-number]").fill("13977000049");
  await page.keyboard.press("Enter");
  const call = new CasePage(page);
  await page.getByRole("radio", { name: "咨询", exact: true }).click();
  await call.form.type("反映的事", "几点关门");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("status").filter({ hasText: "已记下" })).toBeVisible();
  const back = await comes(page, "0049");
  await expect(back.form.field("故障现象").getByRole("textbox")).toHaveValue("大灯一闪一闪");
  await received(back);
});

test("yesterday's power cut: a paper order is entered late, with its own time", async ({ at }) => {
  const page = await at("李娜");
  await go(page, "接待");
  await page.goto("/open/late_entry");
  const sheet = new CasePage(page);
  await sheet.form.type("纸单编号", "ZD-1101");
  await sheet.form.type("纸单上记的事", "停电时修了一辆车的后胎");
  await sheet.form.type("为什么补录", "停电");
  await sheet.form.type("实际发生时间", "2026-11-20 10:00");
  await sheet.submit();
  const opened = await CasePage.opened(page);
  await opened.stands("待核对");
});

test("brakes that do not hold are urgent: the order carries its half hour from the start", async ({
  at,
}) => {
  const sheet = await comes(await at("李娜"), "0056");
  await sheet.form.type("故障现象", "两个刹车都刹不住");
  await sheet.form.pick("紧急程度", "紧急(影响安全)");
  await sheet.submit();
  const opened = await CasePage.opened(sheet.page);
  await expect(opened.page.getByRole("main")).toContainText("紧急");
});
