// From a training to a certificate: who had none is refused, is trained and examined, and is then
// sent to work. Each person at their own window.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { PeopleList, Wall } from "../pages/people.ts";

// Elsewhere the same technician is the one without a certificate.
test.use({ world: "school" });

test("trained, examined, certified, and then assignable", async ({ at }) => {
  const centre = await at("魏岚");
  const wall = new Wall(centre);
  await wall.open();
  await expect(wall.card("孙宇")).toContainText("已过期");
  await centre.getByRole("link", { name: "安排培训" }).click();
  const opening = new CasePage(centre);
  await opening.form.type("培训内容", "锂电池检测与更换");
  await opening.form.type("培训地点", "公司培训教室");
  await opening.form.type("讲师", "周工");
  await opening.form.mark("培训技能", "电池", "充电器");
  const invited = new PeopleList(opening.form, "参加人员");
  await invited.add("孙宇");
  await invited.add("马凯");
  await opening.submit();
  const sheet = await CasePage.opened(centre);
  await sheet.stands("已安排");
  await test.step("attendance", async () => {
    const list = new PeopleList(sheet.form, "签到名单");
    await list.say("孙宇", "到场", "是");
    await list.say("马凯", "到场", "否");
    await sheet.does("登记签到", "已培训");
  });
  await test.step("who was not there cannot pass", async () => {
    const list = new PeopleList(sheet.form, "考核名单");
    await list.type("孙宇", "成绩", "88");
    await list.say("孙宇", "合格", "是");
    await list.type("马凯", "成绩", "90");
    await list.say("马凯", "合格", "是");
    await sheet.submit();
    await expect(sheet.refusal.first()).toContainText("没有到场的人不能评为合格");
    await list.say("马凯", "合格", "否");
    await sheet.does("登记考核成绩", "已考核");
  });
  await sheet.does("发证并结束", "已结束");
  await test.step("the certificate hangs on the wall, and is a paper", async () => {
    await wall.open();
    const card = wall.card("孙宇");
    await expect(card).toContainText("有效");
    await expect(card).toContainText(/SG\d{4}-CB-\d{3}/);
    await card.getByRole("link", { name: "查看证书" }).click();
    const paper = await new CasePage(centre).paper("维修上岗合格证书");
    await expect(paper.locator("body")).toContainText("孙宇");
    await expect(paper.locator("body")).toContainText("准予从事本公司电动车的维修工作");
    await new CasePage(centre).putAway();
  });
  await test.step("the holder sees it and was told", async () => {
    const own = await at("孙宇");
    await own.goto("/me");
    await expect(own.getByRole("article", { name: "孙宇" })).toContainText("有效");
    await own.goto("/messages");
    await expect(own.getByText("上岗证已发").first()).toBeVisible();
  });
});
