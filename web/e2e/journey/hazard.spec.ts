// A battery smokes: one sentence from the vehicle's page, and the vehicle is out of use; it is
// isolated, sealed, looked at by the expert group, and released.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Desk } from "../pages/desk.ts";
import { onPhone, picture } from "../pages/story.ts";

test.use({ world: "hazard" });

test("a smoking battery is reported in one sentence and released by the expert group", async ({
  at,
}) => {
  test.slow();
  const lina = await at("李娜");
  const desk = new Desk(lina);
  let address = "";
  let number = "";
  await test.step("one sentence at the desk", async () => {
    await desk.open();
    await desk.find("0000", /70000$/);
    await lina.getByRole("button", { name: /^更多/ }).click();
    await lina.getByRole("menuitem", { name: "安全隐患" }).click();
    let sheet = new CasePage(lina);
    await sheet.form.pick("发生了什么", "冒烟");
    await sheet.form.type("一句话说明", "充电时电池冒烟");
    await picture(lina, "hazard-open");
    await onPhone(lina, "hazard-open-phone");
    await sheet.submit();
    sheet = await CasePage.opened(lina);
    await sheet.stands("待隔离");
    address = lina.url();
    number = (await sheet.number.innerText()).trim();
    await expect(sheet.children.getByRole("link")).toHaveCount(2);
    const paper = await sheet.paper("停用告知书");
    await expect(paper.locator("body")).toContainText("充电时电池冒烟");
    await picture(lina, "hazard-paper");
    await sheet.putAway();
    await picture(lina, "hazard-case");
    await onPhone(lina, "hazard-case-phone");
  });

  await test.step("the vehicle shows out of use", async () => {
    await desk.open();
    await desk.find("0000", /70000$/);
    await expect(lina.getByRole("alert").filter({ hasText: "停用" })).toContainText(number);
    await picture(lina, "hazard-unit");
    await onPhone(lina, "hazard-unit-phone");
  });

  await test.step("isolated and sealed by the technician", async () => {
    const chen = await at("陈强");
    await chen.goto(address);
    const job = await CasePage.opened(chen);
    await job.offers("隔离");
    await job.form.type("隔离地点", "后院空地");
    await job.form.check("已隔开");
    await job.form.photos("隔离照片");
    await picture(chen, "hazard-isolate");
    await onPhone(chen, "hazard-isolate-phone");
    await job.does("隔离", "待封存");
    await job.form.type("封条号", "F-0071");
    await job.form.type("封存件编号", "BT261100007");
    await job.form.photos("证据照片");
    await job.does("封存证据", "已封存,待结论");
  });

  await test.step("no release before the verdict; then the group decides", async () => {
    const deng = await at("邓超");
    await deng.goto(address);
    const sealed = await CasePage.opened(deng);
    await expect(sealed.panel).toContainText("专家组还没有结论");
    await picture(deng, "hazard-blocked");
    await onPhone(deng, "hazard-blocked-phone");

    const lin = await at("林霞");
    await lin.goto(address);
    const mother = await CasePage.opened(lin);
    await mother.take("登记向主管部门报告");
    await mother.form.pick("需要报告", "否");
    await mother.form.type("为什么不需要", "未起火,无人受伤");
    await mother.submit();
    await expect(lin.getByText("已登记向主管部门报告的情况").first()).toBeVisible();
    const accident = await mother.child(/^ZS/);
    const place = lin.url();
    await accident.form.type("专家组成员", "质检部、技术部");
    await accident.does("组专家组", "待专家组结论");
    await deng.goto(place);
    const review = await CasePage.opened(deng);
    await review.offers("登记专家组结论");
    await review.form.pick("结论", "产品缺陷");
    await review.form.type("依据", "电芯隔膜缺陷");
    await review.does("登记专家组结论", "待定索赔");
    await lin.reload();
    await accident.offers("定索赔");
    await accident.form.pick("由谁承担", "供应商");
    await accident.form.type("供应商", "天能");
    await accident.form.type("金额", "1200");
    await accident.does("定索赔", "索赔已定");
    await expect(async () => {
      await deng.goto(address);
      await expect(sealed.panel).not.toContainText("专家组还没有结论", { timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await sealed.offers("解除");
    await sealed.form.pick("解除后", "更换");
    await sealed.does("解除", "已解除");
    await picture(deng, "hazard-released");
    await deng.goto("/cases/safety?all=1");
    await expect(deng.getByRole("heading", { level: 1, name: "安全隐患" })).toBeVisible();
    await picture(deng, "hazard-list");
    await onPhone(deng, "hazard-list-phone");
  });

  await test.step("the vehicle is in use again", async () => {
    await lina.reload();
    await expect(lina.getByRole("heading", { level: 1 })).toContainText("70000");
    await expect(lina.getByRole("alert").filter({ hasText: "停用" })).toHaveCount(0);
  });
});
