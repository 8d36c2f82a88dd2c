// A bike outside its term: the customer pays, and not more for a part than the standard allows.
import { expect, test } from "../app.ts";
import { diagnosed, finished, passed, started } from "../pages/workshop.ts";

test("outside the term the customer pays; a part above the cap is refused", async ({ at }) => {
  const sheet = await diagnosed(at);
  const number = await sheet.number.innerText();
  await test.step("judged: out of its term", async () => {
    await sheet.does("判定", "报价确认");
    await expect(sheet.verdict).toContainText("不属三包");
    await expect(sheet.verdict).toContainText("客户付费");
    await expect(sheet.verdict).toContainText("12个月");
  });
  let listed = "";
  await test.step("a price above 120 % of the cost is refused, with the clause", async () => {
    await sheet.form.addLine("项目", "控制器");
    await sheet.form.addLine("项目", "电路检修");
    const price = sheet.form.price("项目", "控制器");
    // The server fills the list price in.
    await expect(price).not.toHaveValue("");
    listed = await price.inputValue();
    await price.fill(String(Number(listed) + 100));
    await sheet.submit();
    await expect(sheet.refusal.first()).toContainText("120%");
    await expect(sheet.refusal.first()).toContainText("6.5.2");
    await sheet.stands("报价确认");
  });
  await test.step("at the list price it goes through, and the customer signs", async () => {
    await sheet.form.price("项目", "控制器").fill(listed);
    await sheet.does("报价", "待客户签字");
    await sheet.form.sign("客户签字");
    await sheet.does("客户签字确认", "待流转");
    await sheet.does("流转至技术部门", "派工");
  });
  const job = await started(at, number);
  await finished(job, { work: "更换控制器", cause: "进水短路" });
  await passed(at, number);
  await test.step("paid, signed, delivered", async () => {
    await sheet.offers("结算签字");
    await sheet.form.pick("当面演示,客户确认故障已消除", "是");
    await sheet.form.pick("付款方式", "微信");
    await sheet.form.sign("客户签字");
    await sheet.does("结算签字", "交车");
    const paper = await sheet.paper("服务结算单");
    await expect(paper.locator("body")).toContainText("微信");
    await sheet.putAway();
    await sheet.form.check("交付资料");
    await sheet.does("交车", "已交车");
  });
});
