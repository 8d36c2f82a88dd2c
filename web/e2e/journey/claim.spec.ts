// What the maker pays: a claim goes out from the station, is reviewed with its doubts side by side,
// one line is argued about, and the month's statement pays what is left.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Form } from "../pages/form.ts";
import { onPhone, picture } from "../pages/story.ts";

test.use({ world: "claim" });

test("a claim is reviewed with its doubts, a line sent back; the statement pays it", async ({
  at,
}) => {
  test.slow();
  const lina = await at("李娜");
  let claim = "";
  await test.step("the station submits what opened at the delivery", async () => {
    await lina.goto("/cases/claims");
    await expect(lina.getByRole("heading", { level: 1, name: "索赔结算" })).toBeVisible();
    await lina.getByRole("link", { name: /^SP\d{6}-0002/ }).click();
    const sheet = await CasePage.opened(lina);
    await sheet.stands("待申报");
    claim = (await sheet.number.innerText()).trim();
    await expect(sheet.panel.getByRole("table")).toContainText("¥");
    await sheet.form.pick("三包凭证、照片、旧件齐全", "是");
    await picture(lina, "claim-submit");
    await onPhone(lina, "claim-submit-phone");
    await sheet.does("申报", "待审核");
    const paper = await sheet.paper("三包索赔单");
    await expect(paper.locator("body")).toContainText("同一照片");
    await sheet.putAway();
  });

  const lin = await at("林霞");
  const review = lin.locator("section.action");
  const form = new Form(review);
  const decide = async (line: number, decision: string) => {
    const row = form.field("索赔项目").locator("tbody tr").nth(line);
    await row.getByRole("combobox").click();
    await lin.locator(".ant-select-dropdown:visible").getByTitle(decision).click();
  };
  const why = (line: number, text: string) =>
    form.field("索赔项目").locator("tbody tr").nth(line).getByLabel(/原因$/).fill(text);
  const send = () => review.locator(".submit-bar").getByRole("button").click();
  const called = async () => {
    // One in twenty is drawn for a call-back.
    if (await form.field("已回访客户").isVisible()) await form.pick("已回访客户", "是");
  };
  await test.step("the desk shows the other order beside it, and wants a finding", async () => {
    await lin.goto("/cases/claims");
    await lin.getByRole("link", { name: "审核台" }).click();
    await expect(lin.getByRole("heading", { level: 1, name: "索赔审核" })).toBeVisible();
    await expect(lin.getByRole("navigation", { name: "待审核的索赔单" })).toContainText(claim);
    const sides = lin.locator(".review-sides section.card");
    await expect(sides).toHaveCount(2);
    await expect(sides.nth(0)).toContainText("本次维修");
    await expect(sides.nth(1)).toContainText("同一照片");
    // The picture that both have is marked on either side.
    for (const side of [0, 1]) {
      const same = sides.nth(side).locator("figure", { hasText: "同一张" });
      await expect(same.first()).toBeVisible();
    }
    await picture(lin, "claim-review");
    await onPhone(lin, "claim-review-phone");
    await decide(0, "核准");
    await decide(1, "退回");
    await why(1, "工时按标准只有半小时");
    await called();
    await send();
    await expect(review.locator(".outcome .notice").first()).toContainText("有疑点没有写明核实结果");
    for (const finding of await form.field("疑点").getByLabel(/核实结果$/).all()) {
      await finding.fill("两单同日,车架号不同,另拍照片已补");
    }
    await send();
    await expect(lin.getByText("没有待审核的索赔单")).toBeVisible();
  });

  await test.step("the station corrects the line, never upwards", async () => {
    await lina.reload();
    const sheet = await CasePage.opened(lina);
    await sheet.stands("退回更正");
    const row = sheet.form.field("索赔项目").locator("tbody tr").nth(1);
    await row.getByLabel(/更正金额$/).fill("9999");
    await row.getByLabel(/站方说明$/).fill("按半小时更正");
    await sheet.submit();
    await expect(sheet.refusal.first()).toContainText("更正后多于原报金额");
    await row.getByLabel(/更正金额$/).fill("40");
    await picture(lina, "claim-amend");
    await sheet.does("更正后再报", "待审核");
  });

  await test.step("original and correction stand side by side, and it is approved", async () => {
    await lin.reload();
    await expect(form.field("索赔项目").locator("tbody tr").nth(1)).toContainText("¥40.00");
    await decide(0, "核准");
    await decide(1, "核准");
    await why(1, "按更正");
    for (const finding of await form.field("疑点").getByLabel(/核实结果$/).all()) {
      await finding.fill("已核对");
    }
    await called();
    await picture(lin, "claim-approve");
    await send();
    await expect(lin.getByText("没有待审核的索赔单")).toBeVisible();
  });

  const liu = await at("刘洋");
  let statement = "";
  await test.step("the statement lists it, and the station objects to the item", async () => {
    await liu.goto("/open/fee_settlement");
    await new CasePage(liu).submit();
    let sheet = await CasePage.opened(liu);
    await sheet.stands("待核对");
    statement = liu.url();
    await expect(liu.getByRole("main")).toContainText(claim);
    await lin.goto(statement);
    sheet = await CasePage.opened(lin);
    await sheet.form.pick("每一笔都有原始单据", "是");
    await picture(lin, "statement-check");
    await onPhone(lin, "statement-check-phone");
    await sheet.does("核对完毕", "待站方确认");
    await liu.reload();
    sheet = await CasePage.opened(liu);
    await sheet.take("提出异议");
    await sheet.form.field("往来明细").getByLabel(/站方异议$/).fill("工时应按原报");
    await sheet.submit();
    await liu.locator(".ant-popconfirm").getByRole("button", { name: "提出异议" }).click();
    await sheet.stands("待核对");
  });

  await test.step("it is answered, agreed and paid, and nothing is left open", async () => {
    await lin.reload();
    let sheet = await CasePage.opened(lin);
    const items = sheet.form.field("往来明细");
    await expect(items).toContainText("工时应按原报");
    await items.getByLabel(/答复$/).fill("标准工时半小时");
    await sheet.form.pick("每一笔都有原始单据", "是");
    await sheet.does("核对完毕", "待站方确认");
    await liu.reload();
    sheet = await CasePage.opened(liu);
    await sheet.offers("确认无误");
    await sheet.form.sign("站方签章");
    await sheet.does("确认无误", "待财务付款");
    const tang = await at("唐丽");
    await tang.goto(statement);
    sheet = await CasePage.opened(tang);
    await sheet.form.pick("方式", "转账");
    await sheet.form.type("站方发票号", "24320001");
    await sheet.form.type("付款凭证号", "FK-1");
    await picture(tang, "statement-pay");
    await sheet.does("付款或冲抵", "已结清");
    const paper = await sheet.paper("售后费用结算单");
    await expect(paper.locator("body")).toContainText(claim);
    await sheet.putAway();
  });
});
