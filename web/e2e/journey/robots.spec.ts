// A group of the staff is told by its robot: added by the administrator, tried, refused in words,
// then told of a case without anybody's name.
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Server } from "../server.ts";

test("a group hears of cases by its robot", async ({ browser }) => {
  const heard: { url: string; text: string }[] = [];
  let answer = { errcode: 310000, errmsg: "keywords not in content" };
  const vendor = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      heard.push({ url: request.url ?? "", text });
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => vendor.listen(0, "127.0.0.1", done));
  const port = (vendor.address() as AddressInfo).port;
  const channels = join(await mkdtemp(join(tmpdir(), "sanbao-robots-")), "channels.toml");
  const file = 'address = "https://service.example.cn"\n[webhooks]\nallow = ["127.0.0.0/8"]\n';
  await writeFile(channels, file);
  const server = await Server.start(["--demo=day", "--channels", channels]);
  const folder = process.env["SANBAO_SHOTS"];
  try {
    const context = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
    const page = await context.newPage();
    await page.goto("/");
    await page.getByLabel("账号", { exact: true }).fill("admin");
    await page.getByLabel("密码", { exact: true }).fill("demo1234");
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect(page.getByLabel("密码", { exact: true })).toBeHidden();
    await page.goto("/webhooks");
    await page.getByRole("button", { name: "新建群机器人" }).click();
    await page.getByRole("radio", { name: "钉钉" }).click();
    await page.getByLabel("机器人的 Webhook 地址").fill("https://erp.example.com/robot");
    await page.getByLabel("消息抬头").fill("城北站");
    await page.getByRole("checkbox", { name: "建单", exact: true }).check();
    if (folder) await page.screenshot({ path: `${folder}/form-zh-1440.png`, fullPage: true });
    await page.getByRole("button", { name: /^建\s*立$/ }).click();
    await expect(page.getByRole("alert")).toContainText("oapi.dingtalk.com");
    const address = `http://127.0.0.1:${port}/robot/send?access_token=abcdefgh12345678`;
    await page.getByLabel("机器人的 Webhook 地址").fill(address);
    await page.getByLabel("加签密钥").fill("SEC0123456789abcdef");
    await page.getByRole("button", { name: /^建\s*立$/ }).click();
    await expect(page.getByRole("heading", { name: "城北站" })).toBeVisible();
    await expect(page.getByText("127.0.0.1/…5678")).toBeVisible();

    await page.getByRole("button", { name: "试推一次" }).click();
    await expect(page.getByRole("listitem").getByText("没收下").first()).toBeVisible();
    await expect(page.getByRole("listitem").getByText(/把它写进消息抬头/).first()).toBeVisible();
    answer = { errcode: 0, errmsg: "ok" };
    await page.getByRole("button", { name: "试推一次" }).click();
    await expect(page.getByRole("listitem").getByText("已收下").first()).toBeVisible();
    expect(heard.at(-1)?.url).toMatch(/&timestamp=\d{13}&sign=/);

    const desk = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
    const headers = { "X-Sanbao": "1" };
    const who = { login: "lina", password: "demo1234" };
    expect((await desk.request.post("/api/v1/session", { data: who, headers })).ok()).toBe(true);
    const closed = await desk.request.get("/api/v1/cases?process=repair_order&open=false");
    const { items } = (await closed.json()) as { items: { unit: { id: string } | null }[] };
    const unit = items.find((row) => row.unit)?.unit?.id;
    const data = { process: "repair_order", subject: { unit }, form: { symptom: "骑到半路没电" } };
    const opened = await desk.request.post("/api/v1/cases", { data, headers });
    expect(opened.ok(), await opened.text()).toBe(true);
    const told = () => heard.some((one) => one.text.includes("https://service.example.cn/case/"));
    await expect.poll(told, { timeout: 30_000 }).toBe(true);
    expect(heard.at(-1)?.text).not.toContain("骑到半路没电");
    for (const [language, width] of [["zh", 1440], ["zh", 390], ["en", 390]] as const) {
      if (!folder) break;
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate((next) => localStorage.setItem("sanbao.language", next), language);
      await page.reload();
      await page.getByRole("button", { name: /最近推送|Last deliveries/ }).click();
      await page.getByRole("listitem").last().waitFor();
      await page.screenshot({ path: `${folder}/${language}-${width}.png`, fullPage: true });
      await page.getByRole("button", { name: /^修\s*改$|Change/ }).click();
      await page.screenshot({ path: `${folder}/edit-${language}-${width}.png`, fullPage: true });
    }
  } finally {
    await server.stop();
    vendor.close();
  }
});
