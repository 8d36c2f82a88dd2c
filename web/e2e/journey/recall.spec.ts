// A recall: drafted by the quality department, approved by the leaders, seen at the desk, done by
// an order at its fixed prices; its rate rises.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Desk } from "../pages/desk.ts";
import { onPhone, picture } from "../pages/story.ts";
import { OLDEST, finished, passed, started } from "../pages/workshop.ts";

test.use({ world: "recall" });

test("a recalled vehicle is seen at the desk and done at the campaign's prices", async ({ at }) => {
  test.slow();
  const lina = await at("李娜");
  const deng = await at("邓超");
  const desk = new Desk(lina);
  let address = "";
  let frame = "";
  let campaign = "";
  await test.step("the frame number of the vehicle", async () => {
    await desk.open();
    await desk.find("0000", OLDEST);
    frame = (await lina.locator(".vehicle-head .frame-no").innerText()).replace(/\s/g, "");
  });

  const draft = async (title: string) => {
    await deng.goto("/campaigns");
    await deng.getByRole("button", { name: "起草活动" }).click();
    const sheet = new CasePage(deng);
    await sheet.form.pick("类别", "召回");
    await sheet.form.type("名称", title);
    await sheet.form.type("原因", "控制器进水后过热");
    await sheet.form.pick("有安全危险", "是");
    await sheet.form.pick("按什么号", "车架号");
    await sheet.form.type("起号", frame);
    await sheet.form.type("怎么办", "更换控制器,免费");
    await sheet.form.addLine("项目与固定价格", "控制器");
    return sheet;
  };

  await test.step("drafted by the quality department", async () => {
    const sheet = await draft("更换控制器");
    await picture(deng, "recall-draft");
    await onPhone(deng, "recall-draft-phone");
    await sheet.submit();
    const drafted = await CasePage.opened(deng);
    await drafted.stands("起草");
    campaign = (await drafted.number.innerText()).trim();
    address = deng.url();
    await picture(deng, "recall-drafted");
    await drafted.does("报领导批准", "待批准");
  });

  await test.step("approved by the leaders", async () => {
    const song = await at("宋远");
    await song.goto(address);
    const sheet = await CasePage.opened(song);
    await sheet.does("批准", "进行中");
    const paper = await sheet.paper("召回、服务活动单");
    await expect(paper.locator("body")).toContainText("更换控制器");
    await picture(song, "recall-paper");
    await sheet.putAway();
  });

  await test.step("an overlapping range is refused and the other campaign named", async () => {
    const sheet = await draft("更换控制器第二批");
    await sheet.submit();
    await expect(sheet.panel).toContainText(campaign);
    await expect(deng).toHaveURL(/\/open\/campaign/);
    await picture(deng, "recall-overlap");
  });

  await test.step("the desk shows it", async () => {
    await expect(async () => {
      await lina.goto("/desk");
      await desk.find("0000", OLDEST);
      const told = lina.getByRole("alert").filter({ hasText: "召回没有办理" });
      await expect(told).toContainText(campaign, { timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await picture(lina, "recall-desk");
    await onPhone(lina, "recall-desk-phone");
  });

  let order = "";
  await test.step("its order has the campaign's lines", async () => {
    await lina.getByRole("button", { name: "开活动工单" }).click();
    let sheet = new CasePage(lina);
    await expect(sheet.form.field("故障现象").getByRole("textbox")).toHaveValue(/更换控制器/);
    await sheet.submit();
    sheet = await CasePage.opened(lina);
    order = (await sheet.number.innerText()).trim();
    await expect(lina.getByRole("alert").filter({ hasText: "召回没有办理" })).toBeVisible();
    await sheet.form.check("凭证");
    await sheet.form.check("外观与功能");
    await sheet.form.photos("接车照片");
    await sheet.does("双确认", "故障诊断");
    await picture(lina, "recall-order");
    await sheet.take("按活动办理");
    await sheet.does("按活动办理", "待客户签字");
    await picture(lina, "recall-lines");
    await onPhone(lina, "recall-lines-phone");
    await sheet.form.sign("客户签字");
    await sheet.does("客户签字确认", "待流转");
    await sheet.does("流转至技术部门", "派工");
  });

  await test.step("done and delivered", async () => {
    const job = await started(at, order);
    await finished(job, { work: "更换控制器", cause: "召回" });
    await passed(at, order);
    await lina.reload();
    const sheet = await CasePage.opened(lina);
    await sheet.form.pick("当面演示,客户确认故障已消除", "是");
    await sheet.form.sign("客户签字");
    await sheet.does("结算签字", "交车");
    await sheet.form.check("交付资料");
    await sheet.does("交车", "已交车");
  });

  await test.step("the rate rises and the desk is quiet", async () => {
    const id = address.split("/").pop();
    await expect(async () => {
      await deng.goto(`/campaign/${id}`);
      await expect(deng.getByText("100.0 %").first()).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await expect(deng.getByRole("link", { name: order })).toBeVisible();
    await picture(deng, "recall-rate");
    await onPhone(deng, "recall-rate-phone");
    await deng.goto("/campaigns");
    await expect(deng.getByRole("link", { name: "更换控制器", exact: true })).toBeVisible();
    await picture(deng, "recall-list");
    await onPhone(deng, "recall-list-phone");
    await lina.goto("/desk");
    await desk.find("0000", OLDEST);
    await expect(lina.getByRole("alert").filter({ hasText: "召回" })).toHaveCount(0);
  });
});
