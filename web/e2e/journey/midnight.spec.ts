// A price changes at midnight: what was estimated and signed the evening before is charged as it
// was signed, the next estimate takes the new price. The clock moves by starting the server again.
import type { Page } from "@playwright/test";
import { type Account, Company, expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Desk } from "../pages/desk.ts";
import { go, signIn } from "../pages/frame.ts";
import { finished, passed, started } from "../pages/workshop.ts";
import { Server } from "../server.ts";

const EVENING = "2026-11-24T23:20:00+08:00";
const NEXT_DAY = "2026-11-25";
const MORNING = "2026-11-25T00:01:00+08:00";
const PART = "控制器";
/** Two bikes of one model, both out of their term. */
const [TONIGHT, TOMORROW] = ["0000", "0009"] as const;

const yuan = (fen: number) => (fen / 100).toFixed(2);

/** Opens an order and brings it to its estimate, with the controller on it. */
async function estimate(page: Page, bike: string): Promise<CasePage> {
  const desk = new Desk(page);
  await desk.open();
  await desk.find(bike, new RegExp(`7${bike}$`));
  await desk.newOrder();
  let sheet = new CasePage(page);
  await sheet.form.type("故障现象", "拧把手没反应,仪表亮");
  await sheet.submit();
  sheet = await CasePage.opened(page);
  await sheet.form.check("凭证");
  await sheet.form.check("外观与功能");
  await sheet.form.photos("接车照片");
  await sheet.does("双确认", "故障诊断");
  await sheet.form.pick("故障部件", PART);
  await sheet.form.pick("故障类别", "不工作");
  await sheet.does("诊断", "三包判定");
  await sheet.does("判定", "报价确认");
  await expect(sheet.verdict).toContainText("客户付费");
  await sheet.form.addLine("项目", PART);
  await expect(sheet.form.price("项目", PART)).not.toHaveValue("");
  return sheet;
}

test("a price entered for tomorrow holds from midnight, what was signed before stays", async ({
  browser,
}) => {
  test.setTimeout(360_000);
  const server = await Server.start(["--demo=day", "--at", EVENING]);
  const windows = new Map<string, Page>();
  const at = async (name: string): Promise<Page> => {
    const known = windows.get(name);
    if (known) return known;
    const page = await browser.newPage({ baseURL: server.address });
    const account: Account = await new Company(page.request).named(name);
    await signIn(page, account);
    windows.set(name, page);
    return page;
  };
  try {
    const advisor = await at("李娜");
    let sheet = await estimate(advisor, TONIGHT);
    const number = await sheet.number.innerText();
    const old = Math.round(Number(await sheet.form.price("项目", PART).inputValue()) * 100);
    const next = old - 700;
    await test.step("estimated and signed at tonight's price", async () => {
      await sheet.does("报价", "待客户签字");
      await sheet.form.sign("客户签字");
      await sheet.does("客户签字确认", "待流转");
      await sheet.does("流转至技术部门", "派工");
    });
    await test.step("the finance department sets a price from tomorrow on", async () => {
      const finance = await at("唐丽");
      await go(finance, "价目");
      const search = finance.getByRole("textbox", { name: "编码、名称、拼音或车型" });
      await search.fill(PART);
      await search.press("Enter");
      const row = finance.getByRole("row").filter({ hasText: `¥${yuan(old)}` }).first();
      await row.getByRole("link").first().click();
      await finance.getByRole("textbox", { name: "价格(元)" }).fill(yuan(next));
      const from = finance.getByRole("textbox", { name: "生效日期" });
      await from.fill(NEXT_DAY);
      await from.press("Enter");
      await finance.getByRole("button", { name: "定价" }).click();
      await expect(finance.getByRole("status")).toContainText("已定价");
      const future = finance.locator(".price-history li").first();
      await expect(future).toContainText(yuan(next));
      await expect(future).toContainText("待生效");
    });

    await server.again(["--demo=day", "--at", MORNING]);

    await test.step("the next estimate takes the new price", async () => {
      const finance = await at("唐丽");
      await finance.reload();
      await expect(finance.locator(".price-history li").first()).toContainText("执行中");
      const other = await estimate(await at("李娜"), TOMORROW);
      await expect(other.form.price("项目", PART)).toHaveValue(yuan(next));
    });
    await test.step("what was signed is charged as it was signed", async () => {
      const job = await started(at, number);
      await finished(job, { work: "更换控制器", cause: "进水短路" });
      await passed(at, number);
      await go(advisor, "工单");
      await advisor.getByRole("main").getByRole("link", { name: number, exact: true }).click();
      sheet = await CasePage.opened(advisor);
      await sheet.offers("结算签字");
      await sheet.form.pick("当面演示,客户确认故障已消除", "是");
      await sheet.form.pick("付款方式", "微信");
      await sheet.form.sign("客户签字");
      await sheet.does("结算签字", "交车");
      const bill = (await sheet.paper("服务结算单")).locator("body");
      await expect(bill).toContainText(yuan(old));
      await expect(bill).not.toContainText(yuan(next));
      await sheet.putAway();
    });
  } finally {
    for (const page of windows.values()) await page.close();
    expect(await server.stop(), server.log()).toBe(0);
    await server.forget();
  }
});
