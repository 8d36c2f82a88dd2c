// The whole way of a battery: from the maker by courier into a vehicle, and the one it replaces
// out of it, labelled, boxed, sent back and scrapped. Every hand stands on one page.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";
import { Parts } from "../pages/parts.ts";
import { chargeless, finished, started } from "../pages/workshop.ts";

test.use({ world: "life" });

const BATTERY = "BAT-36-10";
const [FRESH, WORN] = ["TN26110501", "TN24030077"] as const;
const [THERE, BACK] = ["SF1450501", "SF1450777"] as const;

/** Begins a paper of the store. */
async function paper(page: Page, name: string): Promise<CasePage> {
  await go(page, "出入库");
  await page.getByRole("button", { name: `新建${name}` }).click();
  return new CasePage(page);
}

/** Opens a paper of the store by its number. */
async function taken(page: Page, number: string): Promise<CasePage> {
  await go(page, "出入库");
  await page.getByRole("main").getByRole("link", { name: number }).first().click();
  return CasePage.opened(page);
}

/** The life of a piece, asked by its number. */
async function life(page: Page, serial: string): Promise<Locator> {
  await go(page, "编号追踪");
  await page.getByRole("textbox", { name: "扫描或输入编号" }).fill(serial);
  await page.getByRole("button", { name: "查询" }).click();
  return page.getByRole("region", { name: serial });
}

async function hands(of: Locator, ...expected: readonly (RegExp | string)[]): Promise<void> {
  const steps = of.locator(".life-line li");
  await expect(steps).toHaveCount(expected.length);
  for (const [n, words] of expected.entries()) await expect(steps.nth(n)).toContainText(words);
}

test("a battery comes, the worn one goes back and is scrapped", async ({ at, company }) => {
  const maker = await at("林霞");
  const keeper = await at("吴芳");
  await test.step("from the maker's warehouse by courier to the station", async () => {
    let sheet = await paper(maker, "入库单");
    await sheet.form.type("供应商", "TIANNENG");
    await new Parts(sheet.form, "到货配件").scan(BATTERY, FRESH);
    await sheet.submit();
    await (await CasePage.opened(maker)).stands("已入库");
    sheet = await paper(maker, "调拨单");
    await sheet.form.pick("收货单位", "城北维修站");
    await new Parts(sheet.form, "配件").scan(FRESH);
    await sheet.form.type("承运人", "顺丰");
    await sheet.form.type("运单号", THERE);
    await sheet.submit();
    sheet = await CasePage.opened(maker);
    await sheet.stands("在途");
    const arrival = await taken(keeper, await sheet.number.innerText());
    await arrival.does("收货", "已收货");
  });

  const advisor = await at("李娜");
  const number = await chargeless(advisor, "670048");
  let sheet: CasePage;

  await test.step("the fresh one in, the worn one out and labelled", async () => {
    const job = await started(at, number);
    await job.take("领料");
    await new Parts(job.form, "领用配件").scan(FRESH);
    await job.submit();
    await expect(job.page.locator(".parts-view").first()).toContainText(FRESH);
    await job.offers("完工送检");
    await job.form.pick("更换了故障部件", "是");
    const repair = { work: "更换锂电池组", cause: "电芯失效", oldSerial: WORN, newSerial: FRESH };
    await finished(job, repair);
    const label = (await job.paper("旧件标签")).locator("body");
    await expect(label).toContainText(WORN);
    await expect(label).toContainText("电芯失效");
    await job.putAway();
  });

  let back = "";
  await test.step("boxed and sent back, with the cause", async () => {
    sheet = await paper(keeper, "旧件寄回单");
    await sheet.form.pick("收件单位", "售后服务部");
    const parts = new Parts(sheet.form, "旧件");
    await parts.scan(WORN);
    expect(await parts.serials(BATTERY)).toEqual([WORN]);
    await parts.row(BATTERY).getByLabel("失效原因").fill("电芯失效");
    await sheet.form.type("承运人", "顺丰");
    await sheet.form.type("运单号", BACK);
    await sheet.submit();
    sheet = await CasePage.opened(keeper);
    await sheet.stands("在途");
    back = await sheet.number.innerText();
    const list = (await sheet.paper("装箱单")).locator("body");
    await expect(list).toContainText(WORN);
    await expect(list).toContainText(BACK);
    await sheet.putAway();
  });

  await test.step("received and scrapped by the maker", async () => {
    const arrival = await taken(maker, back);
    await arrival.does("收到旧件", "已收到");
    await arrival.offers("报废");
    await arrival.form.type("处理方式", "交有资质的回收单位");
    await arrival.does("报废", "已报废");
  });

  await test.step("every hand on one page", async () => {
    const fresh = await life(maker, FRESH);
    await hands(fresh, "TIANNENG", "售后服务部", THERE, "城北维修站", "装车");
    const worn = await life(maker, WORN);
    await expect(worn.locator(".life-now")).toContainText("报废");
    await hands(worn, "装车", "城北维修站", BACK, "售后服务部", "报废");
    await expect(worn.getByRole("link", { name: number })).toBeVisible();
    await expect(worn.getByRole("link", { name: back })).toHaveCount(3);
    await expect(worn.locator(".life-birth").getByRole("link")).toHaveAttribute("href", /unit/);
  });
  await company.signIn(await company.named("罗佳"));
  expect((await company.verify()).problems).toEqual([]);
});
