// From a number to the case behind it, and from an empty line of the yearly assessment to its
// points.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";

test("a station head opens a number and the case behind it", async ({ at }) => {
  const head = await at("刘洋");
  await go(head, "统计");
  await expect(head.getByRole("heading", { name: "统计", level: 1 })).toBeVisible();
  await head.getByRole("radio", { name: "今年" }).click();
  const orders = head.getByRole("region", { name: "服务工单" });
  const card = orders.getByRole("article", { name: "有件率" });
  await expect(card).toContainText("进厂台次");
  const link = card.getByRole("link", { name: /^进厂台次 \d+ 次$/ });
  const said = await link.innerText();
  const times = Number(/(\d+) 次/.exec(said)?.[1]);
  expect(times).toBeGreaterThan(0);
  await link.click();
  const list = head.getByRole("region", { name: "数字后面的案件" });
  // Others go on working: the number may have grown since, and its list with it.
  await expect(async () => {
    const heading = await list.getByRole("heading").innerText();
    const now = Number(/(\d+) 次/.exec(heading)?.[1]);
    expect(now).toBeGreaterThanOrEqual(times);
    expect(await list.getByRole("listitem").count()).toBe(Math.min(now, 50));
  }).toPass();
  const number = await list.getByRole("link").first().innerText();
  await list.getByRole("link").first().click();
  const sheet = await CasePage.opened(head);
  await expect(sheet.number).toHaveText(number);
});

test("the department enters what it knows, and the station sees its points", async ({ at }) => {
  const office = await at("郭强");
  await go(office, "评分表");
  await office.getByRole("radio", { name: "维修站年度评比" }).click();
  await office.getByRole("button", { name: "城北维修站" }).click();
  const items = office.getByRole("region", { name: "评分项" });
  const letters = items.getByRole("listitem").filter({ hasText: "信件处理率" }).first();
  await expect(letters).toContainText("20 / 20");
  const norms = items.getByRole("listitem").filter({ hasText: "规范、台账、报表" }).first();
  await expect(norms).toContainText("未评");
  await office.getByRole("button", { name: "录入 服务规范、台账、报表按时" }).click();
  await office.locator("#entry-norms_kept").getByRole("radio", { name: "是" }).click();
  await office.getByRole("textbox", { name: /^依据/ }).fill("台账齐全,报表按时");
  await office.getByRole("button", { name: /^保\s*存$/ }).click();
  await expect(norms).toContainText("10 / 10");
  await expect(office.locator("#entry-norms_kept")).toContainText("依据:台账齐全,报表按时");
  const head = await at("刘洋");
  await go(head, "评分表");
  await head.getByRole("radio", { name: "维修站年度评比" }).click();
  await expect(head.getByRole("region", { name: "评分项" })).toContainText("10 / 10");
  await expect(head.getByRole("button", { name: "录入 服务规范、台账、报表按时" })).toHaveCount(0);
});
