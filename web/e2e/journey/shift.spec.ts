// The end of a shift: what a technician holds goes to who comes, by signature; who spoke to the
// customer first stays on each case.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Form } from "../pages/form.ts";

test.use({ world: "shift" });

test("a technician hands the shift over and the work goes on in other hands", async ({ at }) => {
  test.slow();
  const chen = await at("陈强");
  await chen.getByRole("main").getByRole("link", { name: "交接班", exact: true }).click();
  await expect(chen).toHaveURL(/\/open\/shift_handover/);
  const start = new Form(chen.locator("section.action"));
  const held = start.field("在办的单和答应的时限").getByRole("listitem");
  const mine = held.filter({ hasText: "交接" }).first();
  await expect(mine).toBeVisible();
  const number = (await mine.getByRole("link").innerText()).trim();
  const path = await mine.getByRole("link").getAttribute("href");
  expect(path).toMatch(/^\/case\//);
  await start.candidate("接班人", "赵磊").getByRole("button", { name: "选择" }).click();
  await start.type("交代事项", "六点客户来取车，先打电话");
  await start.type("车辆钥匙", "2");
  await start.type("现金", "120");
  await chen.getByRole("button", { name: "新建交接班" }).click();
  const sheet = await CasePage.opened(chen);
  await sheet.stands("待核对");
  const address = chen.url();
  const paper = await sheet.paper("交接班记录");
  await expect(paper.getByText(number)).toBeVisible();
  await expect(paper.getByText("六点客户来取车，先打电话")).toBeVisible();

  const zhao = await at("赵磊");
  await zhao.goto(address);
  const taken = await CasePage.opened(zhao);
  await taken.offers("核对");
  await taken.form.check("逐项核对");
  await taken.form.type("实点现金", "100");
  await taken.submit();
  await expect(taken.refusal.first()).toContainText("实点现金与交班数不符");
  await taken.form.type("差异", "少 20 元，找零未登记");
  await taken.does("核对", "待接班");
  await taken.offers("签字接班");
  await taken.form.sign("接班人签字");
  await taken.does("签字接班", "已接班");

  // Each case is a command of its own, soon after.
  await expect(async () => {
    await zhao.goto(path ?? "");
    const people = zhao.locator("section.card").filter({ hasText: "责任人" });
    await expect(people.locator(".pair").filter({ hasText: "经办人" })).toContainText("赵磊");
    await expect(people.locator(".pair").filter({ hasText: "责任人" })).not.toContainText("赵磊");
  }).toPass({ timeout: 30_000 });
  await expect(zhao.locator("[data-event=handed_over]").first()).toContainText("交接班");
});
