// A customer scans a code at the counter and is linked to the company's account at WeChat, a double
// of which makes the code and says who scanned it.
import { createHash } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Server } from "../server.ts";

test("a customer scans a code and is linked", async ({ browser }) => {
  let word = "";
  const platform = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const token = (request.url ?? "").includes("stable_token");
      const body = JSON.parse(text) as { action_info?: { scene: { scene_str: string } } };
      word = body.action_info?.scene.scene_str ?? word;
      const answer = token
        ? { access_token: "key", expires_in: 7200 }
        : { url: "http://weixin.qq.com/q/02abcdefghijkl", expire_seconds: 600 };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => platform.listen(0, "127.0.0.1", done));
  const port = (platform.address() as AddressInfo).port;
  const folder = await mkdtemp(join(tmpdir(), "sanbao-wechat-"));
  const file =
    'customers = ["wechat"]\naddress = "https://service.example.cn"\n[wechat]\n' +
    `app_id = "wx0123456789abcdef"\nsecret_file = "word"\ntoken_file = "word"\n` +
    `address = "http://127.0.0.1:${port}"\n` +
    '[wechat.templates.ready_for_pickup]\nid = "T"\nscene = 1\n';
  await writeFile(join(folder, "word"), "sanbao-token");
  await writeFile(join(folder, "channels.toml"), file);
  const server = await Server.start(["--demo=day", "--channels", join(folder, "channels.toml")]);
  const shots = process.env["SANBAO_SHOTS"];
  try {
    const context = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
    const headers = { "X-Sanbao": "1" };
    const who = { login: "lina", password: "demo1234" };
    expect((await context.request.post("/api/v1/session", { data: who, headers })).ok()).toBe(true);
    const cases = await context.request.get("/api/v1/cases?process=repair_order");
    const { items } = (await cases.json()) as { items: { unit: { id: string } | null }[] };
    const unit = items.find((row) => row.unit)?.unit?.id;
    const sold = await context.request.get(`/api/v1/units/${unit}`);
    const customer = ((await sold.json()) as { customer: { id: string } }).customer.id;
    const page = await context.newPage();
    const shot = async (name: string) => {
      if (!shots) return;
      for (const [language, width] of [["zh", 1440], ["zh", 390], ["en", 390], ["en", 1440]]) {
        await page.setViewportSize({ width: Number(width), height: 900 });
        await page.evaluate((l) => localStorage.setItem("sanbao.language", `"${l}"`), language);
        if (name !== "code") await page.reload();
        await page.waitForTimeout(900);
        await page.screenshot({ path: `${shots}/${name}-${language}-${width}.png` });
      }
      await page.evaluate(() => localStorage.setItem("sanbao.language", '"zh"'));
      await page.setViewportSize({ width: 1440, height: 900 });
      if (name !== "code") await page.reload();
    };
    await page.goto(`/customer/${customer}`);
    await expect(page.getByText("没有关联")).toBeVisible();
    await page.getByRole("button", { name: "微信扫码关联" }).click();
    await expect(page.getByAltText("关联微信的二维码")).toBeVisible();
    await shot("code");
    const at = String(Math.floor(Date.now() / 1000));
    const parts = ["sanbao-token", at, "n1"].sort().join("");
    const signature = createHash("sha1").update(parts).digest("hex");
    const xml =
      "<xml><ToUserName>gh_1</ToUserName><FromUserName>oABCd1234567890</FromUserName>" +
      `<MsgType>event</MsgType><Event>SCAN</Event><EventKey>${word}</EventKey></xml>`;
    const query = `signature=${signature}&timestamp=${at}&nonce=n1`;
    const said = await context.request.post(`/api/v1/callbacks/wechat?${query}`, {
      data: xml,
      headers: { "content-type": "text/xml" },
    });
    expect(await said.text()).toContain("可以取车");
    await expect(page.getByText("客户已扫码,关联好了。")).toBeVisible({ timeout: 10_000 });
    await page.getByRole("button", { name: /^关\s*闭$/ }).last().click();
    await expect(page.getByText(/起已关联/)).toBeVisible();
    await shot("linked");
    await page.getByRole("button", { name: "不再用微信" }).click();
    await expect(page.getByText("没有关联")).toBeVisible();
    await page.goto("/w?action=confirm");
    await expect(page.getByText("已允许")).toBeVisible();
    await shot("agreed");
  } finally {
    await server.stop();
    await server.forget();
    platform.close();
  }
});
