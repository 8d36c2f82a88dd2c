// Parts for a station: what falls short is requested with one press, approved by the central
// warehouse, shipped by serial, and received with one missing.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";
import { Parts } from "../pages/parts.ts";

test.describe.configure({ mode: "serial" });

const MOTOR = "MOT-350";
const [HERE, ALSO, LOST] = ["MT26112201", "MT26112202", "MT26112203"] as const;
let number = "";

test("what falls short at the station is requested with one press", async ({ at }) => {
  const head = await at("高飞");
  await go(head, "库存");
  const row = head.getByRole("row").filter({ hasText: MOTOR });
  await expect(row).toContainText("建议补 3 件");
  await row.getByRole("link", { name: "申请补货" }).click();
  let sheet = new CasePage(head);
  const asked = new Parts(sheet.form, "申请的配件");
  await test.step("the form is filled in, by name and pieces", async () => {
    await expect(asked.row(MOTOR)).toContainText("350W 电动轮毂");
    await expect(asked.pieces(MOTOR)).toHaveValue("3");
  });
  await sheet.submit();
  sheet = await CasePage.opened(head);
  await sheet.stands("待核准");
  number = await sheet.number.innerText();
  await test.step("the stock page says that it is on its way", async () => {
    await go(head, "库存");
    await expect(head.locator(".stock-asked")).toContainText(`${number} 待核准`);
  });
});

test("the central warehouse approves it and ships it by serial", async ({ at }) => {
  const maker = await at("林霞");
  await go(maker, "出入库");
  await maker.getByRole("button", { name: "新建入库单" }).click();
  let sheet = new CasePage(maker);
  await sheet.form.type("供应商", "LD-POWER");
  await new Parts(sheet.form, "到货配件").scan(MOTOR, HERE, ALSO, LOST);
  await sheet.submit();
  await (await CasePage.opened(maker)).stands("已入库");
  await go(maker, "出入库");
  await maker.getByRole("main").getByRole("link", { name: number }).first().click();
  sheet = await CasePage.opened(maker);
  await sheet.does("核准", "备货");
  await sheet.offers("发货");
  await new Parts(sheet.form, "配件").scan(HERE, ALSO, LOST);
  await sheet.form.type("承运人", "顺丰");
  await sheet.form.type("运单号", "SF26112202");
  await sheet.does("发货", "在途");
});

test("the station receives two, and the third is accounted for", async ({ at, company }) => {
  const head = await at("高飞");
  await go(head, "出入库");
  await head.getByRole("main").getByRole("link", { name: number }).first().click();
  const arrival = await CasePage.opened(head);
  await arrival.offers("收货");
  const arrived = new Parts(arrival.form, "实收");
  await expect(arrived.row(MOTOR)).toContainText(LOST);
  await arrived.press("清空,逐件扫描");
  await arrived.scan(HERE, ALSO);
  await expect(arrived.row(MOTOR)).toContainText("少 1");
  await test.step("what is missing has to be accounted for", async () => {
    await arrival.submit();
    await expect(arrival.refusal.first()).toContainText("与发货不符");
  });
  const short = new Parts(arrival.form, "短少");
  await short.press("填入没有到的 1 件");
  expect(await short.serials(MOTOR)).toEqual([LOST]);
  await short.row(MOTOR).getByLabel("短少原因").fill("途中破损");
  await arrival.does("收货", "已收货");
  await company.signIn(await company.named("罗佳"));
  expect((await company.verify()).problems).toEqual([]);
});
