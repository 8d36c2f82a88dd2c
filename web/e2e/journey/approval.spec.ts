// Two offices approve together, one by its deputy; it is sent back and asked for again; and what a
// rule forbids is let pass once by name. By a company's own rules, published beside the standard.
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { Company } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { signIn } from "../pages/frame.ts";
import { Server } from "../server.ts";

interface Known {
  colleagues: { id: string; name: string }[];
}

const ROOT = join(import.meta.dirname, "../../..");

/** The demo company with the rules of goodwill payments in force from today. */
async function company(): Promise<Server> {
  const running = process.env["SANBAO_AT"];
  if (running) return Server.at(running);
  const first = await Server.start(["--demo"]);
  expect(await first.stop(), first.log()).toBe(0);
  const packs = await mkdtemp(join(tmpdir(), "sanbao-packs-"));
  for (const pack of ["common", "ebike-maker", "law-cn"]) {
    await cp(join(ROOT, "rulebooks", pack), join(packs, pack), { recursive: true });
  }
  await cp(join(ROOT, "web/e2e/packs/goodwill"), join(packs, "goodwill"), { recursive: true });
  const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
  const dirs = [join(packs, "law-cn"), join(packs, "goodwill")];
  const words = ["publish", ...dirs, "--data", first.data, "--effective", today];
  execFileSync(process.env["SANBAO_BIN"] ?? "sanbao", words, { stdio: "pipe" });
  await rm(packs, { recursive: true, force: true });
  return Server.start(["--demo"], first.data);
}

test("two approve, one by a deputy; sent back, approved, and paid by a pass", async ({
  browser,
  playwright,
}) => {
  const server = await company();
  const request = await playwright.request.newContext({ baseURL: server.address });
  const people = new Company(request);
  const as = (name: string) => signedIn(browser, server, people, name);
  try {
    // The station manager goes away and names the team leader.
    const manager = await people.named("刘洋");
    await people.signIn(manager);
    const known = (await (await request.get("/api/v1/me/deputies")).json()) as Known;
    const found = known.colleagues.find((colleague) => colleague.name === "王军");
    const day = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
    const data = { deputy: found?.id, from: day, to: day, reason: "外出培训" };
    const named = await request.post("/api/v1/me/deputies", { data, headers: { "X-Sanbao": "1" } });
    expect(named.ok(), await named.text()).toBe(true);

    const lina = await as("李娜");
    await lina.goto("/open/goodwill_payment");
    let sheet = new CasePage(lina);
    await sheet.form.type("补偿事由", "维修超期,赔一次洗车");
    await sheet.form.pick("有票据", "否");
    await sheet.submit();
    sheet = await CasePage.opened(lina);
    await sheet.stands("待会签");
    const address = lina.url();
    const at = async (name: string) => {
      const page = await as(name);
      await page.goto(address);
      return new CasePage(page);
    };

    // The deputy's approval is one of two: the case stays.
    const wang = await at("王军");
    await approve(wang);
    await wang.stands("待会签");
    await expect(wang.page.getByText("王军 代 刘洋").first()).toBeVisible();
    // Finance sends it back, and what was approved is void.
    const tang = await at("唐丽");
    await tang.take("退回");
    await tang.form.type("退回理由", "写明超期几天");
    await tang.submit();
    await tang.stands("已退回");
    await lina.reload();
    await sheet.form.type("补偿事由", "维修超期三天,赔一次洗车");
    await sheet.submit();
    await sheet.stands("待会签");
    await tang.page.reload();
    await approve(tang);
    await tang.stands("待会签");
    await wang.page.reload();
    await approve(wang);
    await wang.stands("已批准");

    // Nothing is paid without a receipt, until the unit above lets it pass once, with its reason.
    await tang.page.reload();
    await expect(tang.page.getByText("没有票据,不能付款").first()).toBeVisible();
    const guo = await at("郭强");
    await guo.take("特批先付");
    await guo.panel.getByLabel("理由").fill("客户今日离开本市");
    await guo.submit();
    await expect(guo.page.getByText("特批先付").first()).toBeVisible();
    await tang.page.reload();
    await tang.does("付款", "已付");
  } finally {
    expect(await server.stop(), server.log()).toBe(0);
    await server.forget();
  }
});

async function signedIn(
  browser: Browser,
  server: Server,
  people: Company,
  name: string,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.address });
  const page = await context.newPage();
  await signIn(page, await people.named(name));
  return page;
}

async function approve(sheet: CasePage): Promise<void> {
  await sheet.offers("会签");
  await sheet.form.type("意见", "同意");
  await sheet.submit();
  await expect(sheet.page.getByText("意见").first()).toBeVisible();
}
