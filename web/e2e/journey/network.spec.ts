// Chapter six: a station is set up by its steps, each by its own office; what is missing is named
// and holds it up; with the nameplate it stands on the register.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { onPhone, picture } from "../pages/story.ts";

test.use({ world: "network" });

test("a station is set up from the application to the nameplate", async ({ at }) => {
  test.slow();
  const yan = await at("严丽");
  let address = "";
  await test.step("the register shows a region without a station", async () => {
    await yan.goto("/units");
    const row = yan.getByRole("listitem", { name: "淮安销售总代理" });
    await expect(row).toContainText("地区没有在网维修站");
    await picture(yan, "network-register");
    await onPhone(yan, "network-register-phone");
  });
  await test.step("the general agent applies, not for another region", async () => {
    await yan.goto("/open/station_setup");
    const report = new CasePage(yan);
    await report.form.type("拟设网点名称", "清河维修站");
    await report.form.type("省份", "山东");
    await report.form.type("地址", "清河路8号");
    await report.form.type("站点电话或传真", "0517-8300001");
    await report.form.type("申请理由", "当地保有量三千辆,没有维修站");
    await report.submit();
    await expect(report.refusal.first()).toContainText("不在本总代理的地区");
    await picture(yan, "network-refused");
    await report.form.type("省份", "江苏");
    await report.submit();
    const sheet = await CasePage.opened(yan);
    await sheet.stands("待资料筛选");
    address = yan.url();
    const paper = await sheet.paper("维修站设立申请报告");
    await expect(paper.locator("body")).toContainText("清河维修站");
    await picture(yan, "network-application");
    await sheet.putAway();
  });

  const step = async (name: string) => {
    const page = await at(name);
    await page.goto(address);
    return CasePage.opened(page);
  };

  await test.step("the sales company screens it", async () => {
    const sheet = await step("马骏");
    await sheet.does("资料审查通过", "待专家考察");
  });
  const inspect = async (area: string, version: number) => {
    const sheet = await step("林霞");
    const others = sheet.page.getByRole("region", { name: "其他操作" });
    const offered = sheet.panel.getByRole("heading", { name: "提交考察报告", exact: true });
    await expect(offered.or(others).first()).toBeVisible();
    if (!(await offered.isVisible())) await sheet.take("提交考察报告");
    await sheet.form.type("考察专家", "魏工、郑工");
    await sheet.form.pick("有摩托车或自行车经营和维修的营业执照", "是");
    await sheet.form.type("维修场地", area);
    await sheet.form.type("专业维修人员", "2");
    await sheet.form.check("通讯设备", "传真机");
    await sheet.form.pick("具有上门服务的条件", "是");
    await sheet.form.pick("职业道德、服务风尚和作业规范良好", "是");
    await sheet.submit();
    // Inspected again it stands where it stood: what tells is the report's version.
    const report = sheet.page.locator("aside .document").filter({ hasText: "维修站考察报告" });
    await expect(version > 1 ? report.getByText(`第 ${version} 版`) : report).toBeVisible();
    await sheet.stands("待材料审查");
    return sheet;
  };
  await test.step("a workshop too small holds it up, by name", async () => {
    await inspect("26", 1);
    const sheet = await step("郭强");
    await expect(sheet.page.getByRole("main")).toContainText("维修场地不足30平方米");
    await picture(sheet.page, "network-held");
    await onPhone(sheet.page, "network-held-phone");
  });
  await test.step("inspected again it passes the review", async () => {
    const inspected = await inspect("36", 2);
    const paper = await inspected.paper("维修站考察报告");
    await expect(paper.locator("body")).toContainText("36");
    await inspected.putAway();
    const sheet = await step("郭强");
    await sheet.does("材料审查通过", "待签协议");
  });
  await test.step("the agreement is signed", async () => {
    const sheet = await step("郭强");
    await sheet.offers("签定设立协议");
    await sheet.form.sign("总代理签字");
    await sheet.form.sign("本公司签字");
    await sheet.does("签定设立协议", "待发铭牌");
    const paper = await sheet.paper("设立协议");
    await expect(paper.locator("body")).toContainText("清河维修站");
    await picture(sheet.page, "network-agreement");
    await sheet.putAway();
  });
  await test.step("a nameplate's number is used once; with it the station is there", async () => {
    const sheet = await step("林霞");
    await sheet.offers("发放铭牌");
    await sheet.form.type("网点代码", "S0301");
    await sheet.form.type("铭牌编号", "SQ-2024-001");
    await sheet.submit();
    await expect(sheet.page.getByRole("main")).toContainText("这块铭牌已经发给另一个网点");
    await sheet.form.type("铭牌编号", "SQ-2026-031");
    await sheet.does("发放铭牌", "已设立");
    await picture(sheet.page, "network-done");
    await sheet.page.goto("/units");
    const row = sheet.page.getByRole("listitem", { name: "清河维修站" });
    await expect(row).toContainText("铭牌 SQ-2026-031");
    await expect(row).toContainText("没有持证维修人员");
    const agent = sheet.page.getByRole("listitem", { name: "淮安销售总代理" });
    await expect(agent).not.toContainText("地区没有在网维修站");
    await row.getByRole("link").click();
    await expect(sheet.page).toHaveURL(/\/case\//);
  });
});
