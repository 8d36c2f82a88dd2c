// Three riders without perfect papers: nobody is sent away, each has a path of a few clicks.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Desk } from "../pages/desk.ts";

test("a lost card: the register proves it, and the guarantee stands", async ({ at }) => {
  const advisor = await at("李娜");
  const desk = new Desk(advisor);
  await desk.open();
  await advisor.getByRole("button", { name: /保修卡丢失/ }).click();
  await desk.find("0049", /70049$/);
  await desk.newOrder();
  let sheet = new CasePage(advisor);
  await sheet.form.type("故障现象", "仪表花屏");
  await sheet.submit();
  sheet = await CasePage.opened(advisor);
  await sheet.form.check("凭证", "有保修卡", "卡、物相符");
  await sheet.form.check("外观与功能");
  await sheet.does("双确认", "故障诊断");
  await sheet.form.pick("故障部件", "三合一显示器");
  await sheet.form.pick("故障类别", "不工作");
  await sheet.does("诊断", "三包判定");
  await test.step("without the card it would be at charge, with the clause", async () => {
    await sheet.does("判定", "报价确认");
    await expect(sheet.verdict).toContainText("不属三包");
    await expect(sheet.verdict).toContainText("7.2.4");
  });
  await test.step("the card is accepted from the register, and judged again", async () => {
    await sheet.take("凭登记认卡");
    await sheet.form.pick("已核对购车人身份", "是");
    await sheet.submit();
    await sheet.stands("三包判定");
    await sheet.does("判定", "报价确认");
    await expect(sheet.verdict).toContainText("厂家承担");
  });
});

test("an unregistered bike is received now and looked into later", async ({ at }) => {
  const advisor = await at("李娜");
  const desk = new Desk(advisor);
  await desk.open();
  await desk.box.fill("LRFR6260899999");
  await advisor.getByRole("button", { name: /未登记的车/ }).click();
  const start = new CasePage(advisor);
  await expect(start.form.field("车架号").getByRole("textbox")).toHaveValue("LRFR6260899999");
  await start.form.type("故障现象", "充不进电");
  await start.submit();
  const sheet = await CasePage.opened(advisor);
  await sheet.stands("接车检查");
  const review = advisor.getByRole("complementary").getByText("未登记车辆核实");
  await expect(review, "the after-sales department is asked").toBeVisible();
});

test("another brand is repaired at the customer's charge", async ({ at }) => {
  const advisor = await at("李娜");
  const desk = new Desk(advisor);
  await desk.open();
  await advisor.getByRole("button", { name: /其他品牌/ }).click();
  const start = new CasePage(advisor);
  await start.form.type("故障现象", "刹车失灵");
  await start.form.type("品牌", "风行");
  await start.submit();
  const sheet = await CasePage.opened(advisor);
  await sheet.form.check("外观与功能");
  await sheet.does("双确认", "故障诊断");
  await sheet.form.pick("故障部件", "断电刹把");
  await sheet.form.pick("故障类别", "破碎或断裂");
  await sheet.does("诊断", "三包判定");
  await sheet.does("判定", "报价确认");
  await expect(sheet.verdict).toContainText("客户付费");
  await expect(sheet.verdict).toContainText("1");
});
