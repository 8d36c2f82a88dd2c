// Two offices approve together, one by its deputy; it is sent back and asked for again; what a rule
// forbids is let pass once by name; and a to-do is handed on. By a company's own rules, published
// beside the standard.
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import { Company } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { signIn } from "../pages/frame.ts";
import { handOn, nameDeputy } from "../pages/offices.ts";
import { Workbench } from "../pages/workbench.ts";
import { Server } from "../server.ts";

/** The demo company with the rules of goodwill payments in force from today. */
async function company(): Promise<Server> {
  const running = process.env["SANBAO_AT"];
  return running ? Server.at(running) : Server.ruledBy("goodwill");
}

test("two approve, one by a deputy; sent back; let pass once; handed on and paid", async ({
  browser,
}) => {
  const server = await company();
  try {
    const at = (name: string) => signedIn(browser, server, name);
    const manager = await at("刘洋");
    await nameDeputy(manager, "王军", "外出培训");

    const lina = await at("李娜");
    await lina.goto("/open/goodwill_payment");
    let asked = new CasePage(lina);
    await asked.form.type("补偿事由", "维修超期,赔一次洗车");
    await asked.form.pick("有票据", "否");
    await asked.submit();
    asked = await CasePage.opened(lina);
    await asked.stands("待会签");
    const address = lina.url();
    const number = await asked.number.innerText();
    const opened = async (name: string) => {
      const page = await at(name);
      await page.goto(address);
      return new CasePage(page);
    };

    // The deputy's approval is one of two: the case stays.
    const wang = await opened("王军");
    await expect(wang.panel).toContainText("您代 刘洋 办理这一步");
    await approve(wang);
    await expect(granted(wang)).toContainText("王军 代 刘洋");
    await expect(granted(wang)).toContainText("您已同意，等待 财务部");
    await wang.stands("待会签");

    // Finance sends it back, and what was approved is void.
    const tang = await opened("唐丽");
    await tang.take("退回");
    await tang.form.type("退回理由", "写明超期几天");
    await tang.submit();
    await tang.stands("已退回");
    await lina.reload();
    await expect(lina.getByText("写明超期几天").first()).toBeVisible();
    // What was written stands there to be corrected.
    const why = asked.form.field("补偿事由").getByRole("textbox");
    await expect(why).toHaveValue("维修超期,赔一次洗车");
    await why.fill("维修超期三天,赔一次洗车");
    await asked.submit();
    await asked.stands("待会签");
    await expect(granted(asked)).toBeHidden();
    await tang.page.reload();
    await approve(tang);
    await expect(granted(tang)).toContainText("您已同意，等待 站长");
    await wang.page.reload();
    await approve(wang);
    await wang.stands("已批准");

    // Nothing is paid without a receipt, until the unit above lets it pass once, with its reason.
    await tang.page.reload();
    await tang.offers("付款");
    await expect(tang.panel).toContainText("没有票据,不能付款");
    const guo = await opened("郭强");
    await guo.take("特批先付");
    await expect(guo.panel).toContainText("放行一次：没有票据,不能付款");
    await guo.panel.getByLabel("原因").fill("客户今日离开本市");
    await guo.submit();
    await expect(granted(guo)).toContainText("客户今日离开本市");

    // Who may pay hands it on to somebody who may not, and that person pays.
    await tang.page.reload();
    await handOn(tang, "林霞", "下午开会");
    const lin = await at("林霞");
    await expect(lin.getByText("唐丽 转办").first()).toBeVisible();
    const handed = await new Workbench(lin).open(number);
    await handed.does("付款", "已付");
    await expect(lin.getByText("林霞 代 唐丽").first()).toBeVisible();
  } finally {
    expect(await server.stop(), server.log()).toBe(0);
    await server.forget();
  }
});

async function signedIn(browser: Browser, server: Server, name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.address });
  const page = await context.newPage();
  await signIn(page, await new Company(page.request).named(name));
  return page;
}

/** Whose approval is there, whose is missing, and what may pass once. */
function granted(sheet: CasePage): Locator {
  return sheet.page.getByRole("region", { name: "已同意与放行" });
}

async function approve(sheet: CasePage): Promise<void> {
  await sheet.offers("会签");
  await sheet.form.type("意见", "同意");
  await sheet.submit();
  await expect(sheet.panel).toBeHidden();
}
