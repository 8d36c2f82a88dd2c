// Between a station and the maker: a loan within its quota, and what the maker is asked for from an
// order, before the work.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";
import { Parts } from "../pages/parts.ts";
import { DRAWN, onPhone, picture } from "../pages/story.ts";
import { chargeless, diagnosed } from "../pages/workshop.ts";
import { Workbench } from "../pages/workbench.ts";

test.use({ world: "loan" });
test.slow(DRAWN, "pictures are drawn on the way");

const AGENT = "江城销售总代理";
const TUBE = "TUB-16";

test("a loan stays within its quota and is settled in money", async ({ at }) => {
  const lin = await at("林霞");
  await test.step("the quota is decided by three inputs", async () => {
    await go(lin, "配件往来");
    await lin.getByRole("button", { name: "新建借领配额" }).click();
    const sheet = new CasePage(lin);
    await sheet.form.pick("总代理", AGENT);
    await sheet.form.pick("新的总代理", "是");
    await sheet.form.type("每辆车配额", "1.50");
    await sheet.form.type("车辆数", "100");
    await sheet.form.type("销售数量", "900");
    await sheet.form.type("地区远近", "210");
    await sheet.form.type("维修频次", "3");
    // What follows from the three inputs is filled in by the server.
    await expect(sheet.form.field("决定的配额").getByRole("textbox")).toHaveValue("150.00");
    await picture(lin, "loan-quota");
    await onPhone(lin, "loan-quota-phone");
    await sheet.submit();
    const quota = await CasePage.opened(lin);
    await quota.stands("已生效");
    await picture(lin, "loan-quota-case");
    await onPhone(lin, "loan-quota-case-phone");
  });

  const lends = async (pieces: string): Promise<CasePage> => {
    await go(lin, "配件往来");
    await lin.getByRole("button", { name: "新建配件借领" }).click();
    const ask = new CasePage(lin);
    await ask.form.pick("借领的总代理", AGENT);
    const parts = new Parts(ask.form, "要借领的配件");
    await parts.scan(TUBE);
    await parts.pieces(TUBE).fill(pieces);
    await ask.submit();
    const sheet = await CasePage.opened(lin);
    await sheet.offers("发料");
    await sheet.form.type("承运人", "德邦");
    await sheet.form.type("运单号", `DP${pieces}`);
    return sheet;
  };

  await test.step("more than the quota is refused with the clause", async () => {
    const sheet = await lends("20");
    await sheet.submit();
    await expect(sheet.refusal.first()).toContainText("8.1.1a");
    await picture(lin, "loan-over");
    await onPhone(lin, "loan-over-phone");
  });

  let address = "";
  await test.step("within it the parts go out, and arrive", async () => {
    const sheet = await lends("10");
    await picture(lin, "loan-issue");
    await onPhone(lin, "loan-issue-phone");
    await sheet.does("发料", "在途");
    address = lin.url();
    await sheet.offers("收货");
    await picture(lin, "loan-arrival");
    await sheet.does("收货", "待冲抵");
    await sheet.offers("交故障件冲抵");
    await picture(lin, "loan-offset");
    await onPhone(lin, "loan-offset-phone");
  });

  await test.step("a region is not closed while something is on loan", async () => {
    await go(lin, "配件往来");
    await lin.getByRole("button", { name: "新建周转配件账" }).click();
    await new CasePage(lin).form.pick("经销、维修单位", AGENT);
    await new CasePage(lin).submit();
    await (await CasePage.opened(lin)).stands("记账中");
    const guo = await at("郭强");
    await guo.goto(lin.url());
    const sheet = await CasePage.opened(guo);
    await sheet.take("区域停止结算");
    await expect(sheet.form.field("借领账余额")).toContainText("120.00");
    await sheet.form.type("停止原因", "停止销售");
    await expect(sheet.refusal.first()).toContainText("借领账还有余额");
    await picture(guo, "float-end");
    await onPhone(guo, "float-end-phone");
  });

  await test.step("the rest is settled at finance", async () => {
    const tang = await at("唐丽");
    await tang.goto(address);
    const sheet = await CasePage.opened(tang);
    await sheet.offers("不足部分结算");
    await sheet.form.pick("怎样付的", "转账");
    await sheet.form.type("凭证号", "H-9");
    await picture(tang, "loan-settle");
    await sheet.does("不足部分结算", "已结清");
    await picture(tang, "loan-settled");
    await onPhone(tang, "loan-settled-phone");
  });
});

test("the maker is asked before the work, and the order hears the answer", async ({ at }) => {
  const lina = await at("李娜");
  const number = await chargeless(lina, "670048");
  let sheet = new CasePage(lina);
  await sheet.take("申请预授权");
  await sheet.form.pick("为什么申请", "金额超过限额");
  await sheet.form.photos("照片");
  await picture(lina, "preauth-ask");
  await onPhone(lina, "preauth-ask-phone");
  await sheet.submit();
  await expect(sheet.children.getByRole("link", { name: /^SQ/ })).toBeVisible();
  await sheet.child(/^SQ/);
  const asked = lina.url();
  const guo = await at("郭强");
  await guo.goto(asked);
  sheet = await CasePage.opened(guo);
  await sheet.offers("逐项批准");
  await picture(guo, "preauth-decide");
  await onPhone(guo, "preauth-decide-phone");
  await sheet.does("逐项批准", "已使用");
  const order = await new Workbench(lina).open(number);
  await expect(lina.getByText("厂家已批准预授权").first()).toBeVisible();
  await picture(lina, "preauth-order");
  await onPhone(lina, "preauth-order-phone");
  await expect(order.number).toHaveText(number.trim());
});

test("goodwill is shared, signed, and not charged again on the order", async ({ at }) => {
  let sheet = await diagnosed(at);
  const lina = sheet.page;
  const number = (await sheet.number.innerText()).trim();
  await sheet.does("判定", "报价确认");
  await sheet.form.addLine("项目", "控制器");
  await sheet.does("报价", "待客户签字");
  await sheet.take("申请善意索赔");
  await sheet.form.pick("为什么申请", "刚过三包期");
  await picture(lina, "goodwill-ask");
  await onPhone(lina, "goodwill-ask-phone");
  await sheet.submit();
  await sheet.child(/^SY/);
  const address = lina.url();
  const lin = await at("林霞");
  await lin.goto(address);
  sheet = await CasePage.opened(lin);
  await sheet.offers("评估分摊");
  await sheet.form.type("维修史和评估", "老客户,从未改装");
  await sheet.form.type("厂家承担", "50");
  await sheet.form.type("经销、维修单位承担", "20");
  await sheet.form.type("客户承担", "30");
  await sheet.does("评估分摊", "待经理决定");
  const guo = await at("郭强");
  await guo.goto(address);
  sheet = await CasePage.opened(guo);
  await picture(guo, "goodwill-decide");
  await sheet.does("决定", "已批准");
  await lina.goto(address);
  sheet = await CasePage.opened(lina);
  await sheet.offers("办理");
  await expect(sheet.form.field("客户承担金额")).toContainText("¥43.20");
  await sheet.form.sign("客户签字");
  await picture(lina, "goodwill-sign");
  await onPhone(lina, "goodwill-sign-phone");
  await sheet.does("办理", "已办理");
  await new Workbench(lina).open(number);
  await expect(lina.getByText("善意索赔已办理").first()).toBeVisible();
  await picture(lina, "goodwill-order");
  await onPhone(lina, "goodwill-order-phone");
});
