// Chapter nine: a vehicle is exchanged in seven steps by seven offices, none skipped, each with its
// paper; what comes back is to be accepted at the works.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Desk } from "../pages/desk.ts";
import { onPhone, picture } from "../pages/story.ts";
import { OLDEST } from "../pages/workshop.ts";

test.use({ world: "return" });

/** So many days ago, as a person writes a day. */
function ago(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toLocaleDateString("sv-SE");
}

test("a vehicle is exchanged by seven offices, one after the other", async ({ at }) => {
  test.slow();
  const ma = await at("马骏");
  await test.step("the sales company files the report, from the vehicle's page", async () => {
    await ma.goto("/cases/warranty");
    await expect(ma.getByRole("heading", { level: 1, name: "判定与退换" })).toBeVisible();
    await picture(ma, "return-list");
    await onPhone(ma, "return-list-phone");
    await ma.goto("/desk");
    await new Desk(ma).box.fill("0000");
    const hit = ma.locator("button.hit").filter({ hasText: OLDEST });
    const title = ma.getByRole("heading", { level: 1 }).filter({ hasText: OLDEST });
    await expect(hit.or(title).first()).toBeVisible();
    if (await hit.isVisible()) await hit.click();
    await expect(title).toBeVisible();
    await picture(ma, "return-unit");
    await onPhone(ma, "return-unit-phone");
    await ma.getByRole("button", { name: /^更多/ }).click();
    await ma.getByRole("menuitem", { name: "整车修换退" }).click();
  });

  let address = "";
  let number = "";
  await test.step("a repairable vehicle is refused, a report in the week is taken", async () => {
    let report = new CasePage(ma);
    await report.form.pick("用户要求", "换车");
    await report.form.pick("经销单位", "城北");
    await report.form.type("购车日期", ago(9));
    await report.form.type("用户第一次反映的日期", ago(4));
    await report.form.pick("有有效发票", "是");
    await report.form.pick("是产品性能故障", "是");
    await report.form.pick("整车严重质量缺陷,无法修复", "否");
    await report.form.type("质量情况", "车架在中立管处开裂,行驶中异响");
    await report.form.check("完整性");
    await report.submit();
    await expect(report.refusal.first()).toContainText("能修复的车不退不换");
    await picture(ma, "return-refused");
    await onPhone(ma, "return-refused-phone");
    await report.form.pick("整车严重质量缺陷,无法修复", "是");
    await report.submit();
    // The register knows another day of purchase: who goes on says why.
    await expect(report.refusal.first()).toContainText("购车日期与登记的发票日期不符");
    await report.panel.locator('[data-field="@reason"] textarea').fill("登记录错,以发票为准");
    await report.submit();
    report = await CasePage.opened(ma);
    await report.stands("待销售公司批准");
    address = ma.url();
    number = (await report.number.innerText()).trim();
    const paper = await report.paper("退、换、修报告");
    await expect(paper.locator("body")).toContainText("车架在中立管处开裂");
    await picture(ma, "return-report");
    await report.putAway();
    await picture(ma, "return-case");
    await onPhone(ma, "return-case-phone");
  });

  const step = async (name: string, act: string, fill: (sheet: CasePage) => Promise<void>) => {
    const page = await at(name);
    await page.goto("/");
    await expect(page.getByRole("main").getByRole("link", { name: number })).toBeVisible();
    await page.goto(address);
    const sheet = await CasePage.opened(page);
    await sheet.offers(act);
    await fill(sheet);
    await picture(page, `return-${act}`);
    await onPhone(page, `return-${act}-phone`);
    return sheet;
  };

  await test.step("the sales company's leader", async () => {
    const sheet = await step("郑岩", "销售公司批准", async (to) => {
      await to.form.type("意见", "情况属实,同意");
    });
    await sheet.does("销售公司批准", "待调查");
  });
  await test.step("the after-sales department investigates", async () => {
    const sheet = await step("林霞", "提交调查报告", async (to) => {
      await to.form.type("调查对象", "城北店,店长与用户本人");
      await to.form.type("调查情况", "购车第五天起异响,第六天开裂;没有撞击痕迹");
    });
    await sheet.does("提交调查报告", "待检验");
    const paper = await sheet.paper("退换修调查书面报告");
    await expect(paper.locator("body")).toContainText("没有撞击痕迹");
    await sheet.putAway();
  });
  await test.step("the quality department inspects", async () => {
    const sheet = await step("邓超", "出具检验报告", async (to) => {
      await to.form.type("检验情况", "焊缝气孔,属制造缺陷");
      await to.form.pick("认可质量缺陷", "是");
    });
    await sheet.does("出具检验报告", "待公司批准");
    const paper = await sheet.paper("检验报告");
    await expect(paper.locator("body")).toContainText("焊缝气孔");
    await sheet.putAway();
  });
  await test.step("the company approves", async () => {
    const sheet = await step("宋远", "公司批准", async () => undefined);
    await sheet.does("公司批准", "待核价");
  });
  await test.step("finance sets the price", async () => {
    const sheet = await step("唐丽", "核价", async (to) => {
      await to.form.type("核定金额", "0");
      await to.form.type("依据", "同型号换新,无差价");
    });
    await sheet.does("核价", "待办理");
    const paper = await sheet.paper("核价单");
    await expect(paper.locator("body")).toContainText("同型号换新");
    await sheet.putAway();
  });
  await test.step("the after-sales department carries it out", async () => {
    const sheet = await step("林霞", "办理", async (to) => {
      await to.form.type("换给用户的车架号", "RF2611230001");
      await to.form.check("退回车随车部件");
    });
    await sheet.does("办理", "已办理");
    await expect(sheet.children.getByRole("link").first()).toBeVisible();
    await picture(sheet.page, "return-done");
    await onPhone(sheet.page, "return-done-phone");
    await sheet.page.goto("/cases/warranty?all=1");
    await expect(sheet.page.getByRole("link", { name: number })).toBeVisible();
    await picture(sheet.page, "return-list-done");
    await onPhone(sheet.page, "return-list-done-phone");
  });
});
