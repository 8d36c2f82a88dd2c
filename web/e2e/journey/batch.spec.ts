// A bad batch: it stands out on the quality page, a click drafts its recall with the range filled
// in, its owners are told, the desk says so when one of them comes, and the rate rises.
import { expect, test } from "../app.ts";
import { badBatch } from "../pages/batch.ts";
import { CasePage } from "../pages/case.ts";
import { Desk } from "../pages/desk.ts";
import { onPhone, picture } from "../pages/story.ts";
import { finished, passed, started } from "../pages/workshop.ts";

test.use({ world: "batch" });

test("a batch that fails too often is recalled, vehicle by vehicle", async ({ at }) => {
  test.setTimeout(360_000);
  const { batch, left } = await badBatch(at);
  const deng = await at("邓超");
  const lina = await at("李娜");
  const frame = left[0] ?? "";
  let campaign = "";
  let address = "";

  /** From the page of batches to the draft of its recall, and what a person adds. */
  const draft = async (title: string) => {
    await deng.goto("/quality?of=component:li_battery");
    const row = deng.getByRole("listitem", { name: new RegExp(`^批次 ${batch}`) });
    await row.getByRole("button", { name: "起草召回" }).click();
    await expect(deng).toHaveURL(/\/open\/campaign/);
    const sheet = new CasePage(deng);
    await expect(sheet.form.field("起号").getByRole("textbox")).toHaveValue(`${batch}00001`);
    await expect(sheet.form.field("止号").getByRole("textbox")).toHaveValue(`${batch}00012`);
    await sheet.form.type("名称", title);
    await sheet.form.pick("有安全危险", "是");
    await sheet.form.type("怎么办", "更换电池组,免费");
    await sheet.form.addLine("项目与固定价格", "锂电池组");
    return sheet;
  };

  await test.step("the batch stands out beside the others, with its repairs", async () => {
    await deng.goto("/quality?of=component:li_battery");
    const row = deng.getByRole("listitem", { name: new RegExp(`^批次 ${batch}`) });
    await expect(row).toContainText("超出");
    await expect(deng.getByRole("status")).toContainText(batch);
    await row.getByRole("button", { name: "看维修单" }).click();
    await expect(row.getByRole("link", { name: /^WX/ })).toHaveCount(3);
    await picture(deng, "batch-seen", row);
    await onPhone(deng, "batch-seen-phone", row);
  });

  await test.step("its recall is drafted with the range filled in, and approved", async () => {
    const sheet = await draft("更换电池组");
    await picture(deng, "batch-draft");
    await sheet.submit();
    const drafted = await CasePage.opened(deng);
    campaign = (await drafted.number.innerText()).trim();
    address = deng.url();
    await drafted.does("报领导批准", "待批准");
    const song = await at("宋远");
    await song.goto(address);
    const asked = await CasePage.opened(song);
    await asked.does("批准", "进行中");
  });

  await test.step("a second one of the same range is refused, and says by what", async () => {
    const sheet = await draft("更换电池组,第二次");
    await sheet.submit();
    await expect(sheet.panel).toContainText("号段与没有结束的活动重叠");
    await expect(sheet.panel).toContainText(campaign);
    await expect(sheet.panel).toContainText("CM-29.2");
    await expect(deng).toHaveURL(/\/open\/campaign/);
    await picture(deng, "batch-overlap");
  });

  const page = `/campaign/${address.split("/").pop()}`;
  await test.step("its vehicles are listed and their owners told", async () => {
    await expect(async () => {
      await deng.goto(page);
      const row = deng.getByRole("row").filter({ hasText: frame });
      await expect(row).toContainText("待到站办理", { timeout: 2_000 });
      // The demo has no channel: the message is made, and handed to a person.
      await expect(row).toContainText(/已发|待发|人工处理/, { timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await expect(deng.getByText("0.0 %").first()).toBeVisible();
    await picture(deng, "batch-listed");
    await onPhone(deng, "batch-listed-phone");
  });

  const desk = new Desk(lina);
  await test.step("one of them comes: the desk says so, its order has fixed lines", async () => {
    await lina.goto("/desk");
    await desk.find(frame, new RegExp(frame.slice(-5)));
    const told = lina.getByRole("alert").filter({ hasText: "召回没有办理" });
    await expect(told).toContainText(campaign);
    await expect(told).toContainText("有安全危险");
    await picture(lina, "batch-desk");
    await onPhone(lina, "batch-desk-phone");
    await lina.getByRole("button", { name: "开活动工单" }).click();
    await new CasePage(lina).submit();
    const sheet = await CasePage.opened(lina);
    await sheet.form.check("凭证");
    await sheet.form.check("外观与功能");
    await sheet.form.photos("接车照片");
    await sheet.does("双确认", "故障诊断");
    await sheet.take("按活动办理");
    await sheet.does("按活动办理", "待客户签字");
    await sheet.form.sign("客户签字");
    await sheet.does("客户签字确认", "待流转");
    await sheet.does("流转至技术部门", "派工");
  });

  await test.step("done, delivered, and the rate has risen", async () => {
    const sheet = await CasePage.opened(lina);
    const order = (await sheet.number.innerText()).trim();
    const job = await started(at, order);
    await finished(job, { work: "更换电池组", cause: "召回" });
    await passed(at, order);
    await lina.reload();
    await sheet.form.pick("当面演示,客户确认故障已消除", "是");
    await sheet.form.sign("客户签字");
    await sheet.does("结算签字", "交车");
    await sheet.form.check("交付资料");
    await sheet.does("交车", "已交车");
    await expect(async () => {
      await deng.goto(page);
      const row = deng.getByRole("row").filter({ hasText: frame });
      await expect(row).toContainText("已完成", { timeout: 2_000 });
      await expect(row.getByRole("link", { name: order })).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await expect(deng.getByText("0.0 %", { exact: true })).toHaveCount(0);
    await picture(deng, "batch-rate");
    await lina.goto("/desk");
    await desk.find(frame, new RegExp(frame.slice(-5)));
    await expect(lina.getByRole("alert").filter({ hasText: "召回" })).toHaveCount(0);
  });
});
