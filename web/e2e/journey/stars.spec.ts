// A station's stars: the scorecard proposes, each condition with its data, somebody else hears the
// appeal. And a dealer that is heard, warned once, while another station serves the consumer.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";
import { onPhone, picture } from "../pages/story.ts";

test.use({ world: "stars" });

test("a station applies for its stars, sees each condition and appeals", async ({ at }) => {
  test.slow();
  const head = await at("刘洋");
  let address = "";
  await test.step("the head of the station applies", async () => {
    await go(head, "评分表");
    await head.getByRole("link", { name: "评级、考评与申诉" }).click();
    await expect(head.getByRole("heading", { level: 1, name: "考评奖惩" })).toBeVisible();
    await picture(head, "stars-list");
    await onPhone(head, "stars-list-phone");
    await head.getByRole("link", { name: /星级评定/ }).click();
    const form = new CasePage(head);
    await form.form.pick("维修站", "城北维修站");
    await form.form.type("建站日期", "2024-03-01");
    await form.submit();
    const sheet = await CasePage.opened(head);
    await sheet.stands("待取数");
    address = head.url();
  });
  await test.step("the department reads the scorecard: each condition, met or not", async () => {
    const lin = await at("林霞");
    await lin.goto(address);
    const sheet = await CasePage.opened(lin);
    await sheet.does("按评分表取数", "待评定");
  });
  const guo = await at("郭强");
  await test.step("more stars than the conditions make are refused", async () => {
    await guo.goto(address);
    const sheet = await CasePage.opened(guo);
    await sheet.offers("评定星级");
    await expect(sheet.panel).toContainText("场地不小于 30 平方米");
    await picture(guo, "stars-decide");
    await onPhone(guo, "stars-decide-phone");
    await sheet.form.type("评定的星级", "3");
    await sheet.form.type("该站实际情况", "场地与人员尚未核对");
    await sheet.submit();
    await expect(sheet.refusal.first()).toContainText("该级条件没有全部满足");
    await sheet.form.type("评定的星级", "0");
    await sheet.does("评定星级", "已评定");
    const paper = await sheet.paper("星级评定书");
    await expect(paper.locator("body")).toContainText("未评上星级");
    await picture(guo, "stars-paper");
    await sheet.putAway();
  });
  await test.step("the station appeals, and who decided does not decide the appeal", async () => {
    await head.goto(address);
    const sheet = await CasePage.opened(head);
    await sheet.take("申诉");
    await sheet.form.type("申诉哪一项、为什么", "场地 45 平方米,评分表没有录入");
    await picture(head, "stars-appeal");
    await onPhone(head, "stars-appeal-phone");
    await sheet.submit();
    await sheet.stands("申诉中");
    await guo.goto(address);
    await CasePage.opened(guo);
    await expect(guo.getByText("裁定申诉").first()).toBeVisible();
    const song = await at("宋远");
    await song.goto(address);
    const other = await CasePage.opened(song);
    await other.offers("裁定申诉");
    await other.form.pick("申诉成立", "是");
    await other.form.type("裁定理由", "现场量过,属实");
    await other.submit();
    await other.stands("待取数");
  });
});

test("a dealer is heard and warned, and another station serves the consumer", async ({ at }) => {
  test.slow();
  const lin = await at("林霞");
  let address = "";
  await test.step("the breach is reported and the dealer heard", async () => {
    await lin.goto("/open/dealer_discipline");
    const report = new CasePage(lin);
    await report.form.pick("被报告的经销单位", "城北直营店");
    await report.form.pick("违约情形", "拒绝三包期内服务");
    await report.form.type("消费者要办的事", "三包期内控制器不工作,店里拒修");
    await report.form.type("发生日期", new Date().toLocaleDateString("sv-SE"));
    await report.submit();
    const sheet = await CasePage.opened(lin);
    await sheet.stands("待陈述");
    address = lin.url();
    await sheet.form.pick("陈述方式", "书面");
    await sheet.form.type("陈述内容", "称配件缺货");
    await sheet.does("登记陈述", "待查实");
  });
  await test.step("the consumer is passed to another station, which serves", async () => {
    const sheet = await CasePage.opened(lin);
    await sheet.take("消费者的事派给其他单位");
    await sheet.form.pick("接续单位", "滨江维修站");
    await sheet.submit();
    await expect(sheet.children.getByRole("link", { name: /^JX/ })).toBeVisible();
    await picture(lin, "discipline-case");
    await onPhone(lin, "discipline-case-phone");
  });
  await test.step("the manager finds the breach confirmed", async () => {
    const guo = await at("郭强");
    await guo.goto(address);
    const sheet = await CasePage.opened(guo);
    await sheet.offers("登记查实结果");
    await sheet.form.pick("违约成立", "是");
    await sheet.form.type("依据", "录音与工单相符");
    await sheet.does("登记查实结果", "查实,待决定");
  });
  await test.step("a leader warns once; a cancellation without a warning is refused", async () => {
    const song = await at("宋远");
    await song.goto(address);
    const sheet = await CasePage.opened(song);
    await sheet.offers("发出警告");
    await sheet.form.type("警告内容与整改要求", "三日内恢复服务");
    await picture(song, "discipline-warning");
    await onPhone(song, "discipline-warning-phone");
    await sheet.does("发出警告", "已警告");
    const paper = await sheet.paper("警告书");
    await expect(paper.locator("body")).toContainText("称配件缺货");
    await picture(song, "discipline-letter");
    await sheet.putAway();
  });
});
