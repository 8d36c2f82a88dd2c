// Another program is told what happens: set up by the administrator, verified by the receiver in a
// few lines, held back while it does not answer, told again, and ended.
import { createHmac } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Server } from "../server.ts";

interface Heard {
  headers: IncomingMessage["headers"];
  text: string;
}

function verified({ headers, text }: Heard, secret: string): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${text}`;
  const right = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return String(headers["webhook-signature"]).split(" ").includes(right);
}

test("a program is told what happens to cases", async ({ browser }) => {
  const heard: Heard[] = [];
  let status = 204;
  const receiver = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      heard.push({ headers: request.headers, text });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const port = (receiver.address() as AddressInfo).port;
  const channels = join(await mkdtemp(join(tmpdir(), "sanbao-hooks-")), "channels.toml");
  await writeFile(channels, '[webhooks]\nallow = ["127.0.0.0/8"]\n');
  const server = await Server.start(["--demo=day", "--channels", channels]);
  try {
    const context = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
    const page = await context.newPage();
    await page.goto("/");
    await page.getByLabel("账号", { exact: true }).fill("admin");
    await page.getByLabel("密码", { exact: true }).fill("demo1234");
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect(page.getByLabel("密码", { exact: true })).toBeHidden();

    await page.goto("/webhooks");
    await expect(page.getByText("还没有推送订阅")).toBeVisible();
    await page.getByRole("button", { name: "新建订阅" }).click();
    await page.getByLabel("推送给哪个程序").fill("进销存");
    await page.getByLabel("接收地址").fill("http://10.0.0.7/hooks");
    await page.getByRole("checkbox", { name: "办理一步" }).check();
    await page.getByRole("button", { name: "建立订阅" }).click();
    await expect(page.getByRole("alert")).toContainText("内部网络");
    await page.getByLabel("接收地址").fill(`http://127.0.0.1:${port}/hooks`);
    await page.getByRole("button", { name: "建立订阅" }).click();
    const secret = await page.getByLabel("签名密钥").inputValue();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/=]{44}$/);
    await page.getByRole("button", { name: "已收好" }).click();

    await page.getByRole("button", { name: "试推一次" }).click();
    await expect(page.getByRole("listitem").getByText("已收下")).toBeVisible();
    expect(verified(heard[0] as Heard, secret)).toBe(true);

    status = 500;
    const desk = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
    const headers = { "X-Sanbao": "1" };
    const who = { login: "lina", password: "demo1234" };
    const signed = await desk.request.post("/api/v1/session", { data: who, headers });
    expect(signed.ok()).toBe(true);
    const closed = await desk.request.get("/api/v1/cases?process=repair_order&open=false");
    const { items } = (await closed.json()) as { items: { unit: { id: string } | null }[] };
    const unit = items.find((row) => row.unit)?.unit?.id;
    const data = { process: "repair_order", subject: { unit }, form: { symptom: "骑到半路没电" } };
    const opened = await desk.request.post("/api/v1/cases", { data, headers });
    expect(opened.ok(), await opened.text()).toBe(true);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(1);
    status = 204;
    await expect.poll(() => heard.length, { timeout: 30_000 }).toBeGreaterThan(2);
    const [first, second] = heard.slice(1) as [Heard, Heard];
    expect(second.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
    expect(verified(second, secret)).toBe(true);
    expect(JSON.parse(second.text)).toMatchObject({ type: "case.opened" });
    expect(second.text).not.toContain("骑到半路没电");

    await page.reload();
    await page.getByRole("button", { name: "最近推送" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "没收下" })).toContainText("500");
    await page.getByRole("button", { name: "再推一次" }).first().click();
    await expect.poll(() => heard.length).toBe(4);

    // One event that is never taken: it is named, and skipped with a reason.
    status = 422;
    const again = await desk.request.post("/api/v1/cases", {
      data: { ...data, form: { symptom: "刹车异响" } },
      headers,
    });
    expect(again.ok(), await again.text()).toBe(true);
    const { number } = (await again.json()) as { number: string };
    await page.getByText(`${number} 的“`).waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: "现在重发" }).click();
    await expect(page.getByText(/已推 [2-9] 次/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole("button", { name: "跳过这个事件" }).click();
    await page.getByLabel(/^为什么跳过/).fill("对方系统没有这种单据");
    const folder = process.env["SANBAO_SHOTS"];
    if (folder) await page.screenshot({ path: `${folder}/skip-zh-1440.png`, fullPage: true });
    await page.getByRole("button", { name: new RegExp(`^跳过 ${number}`) }).click();
    await expect(page.getByText(/跳过：对方系统没有这种单据/)).toBeVisible();
    // Only now: else the event may be taken by itself before anybody skips it.
    status = 204;
    await expect(page.getByText("推送中").first()).toBeVisible();
    for (const [language, width] of [["zh", 1440], ["zh", 390], ["en", 390]] as const) {
      if (!folder) break;
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate((next) => localStorage.setItem("sanbao.language", next), language);
      await page.reload();
      await page.getByRole("button", { name: /最近推送|Last deliveries/ }).click();
      await page.getByRole("listitem").last().waitFor();
      await page.screenshot({ path: `${folder}/${language}-${width}.png`, fullPage: true });
    }
    await page.evaluate(() => localStorage.setItem("sanbao.language", "zh"));
    await page.reload();

    await page.getByRole("button", { name: "停用", exact: true }).click();
    await page.getByRole("tooltip").getByRole("button", { name: /停\s*用/ }).click();
    await expect(page.getByText("还没有推送订阅")).toBeVisible();
  } finally {
    await server.stop();
    receiver.close();
  }
});
