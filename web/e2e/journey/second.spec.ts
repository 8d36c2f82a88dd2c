// An authenticator of one's own: set up on the page, asked for at the door, used once, let go.
import { createHmac } from "node:crypto";
import { expect, test } from "@playwright/test";
import { Server } from "../server.ts";

/** What an authenticator shows (RFC 6238). */
function shown(secret: string, halfMinutes = 0): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + halfMinutes));
  const hash = createHmac("sha1", key).update(step).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a code of the phone is asked for beside the password", async ({ browser }) => {
  const server = await Server.start(["--demo=day"]);
  try {
    const context = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
    const page = await context.newPage();
    const enter = async () => {
      await page.goto("/");
      await page.getByLabel("账号", { exact: true }).fill("lina");
      await page.getByLabel("密码", { exact: true }).fill("demo1234");
      await page.getByRole("button", { name: "登录", exact: true }).click();
    };
    await enter();
    await expect(page.getByLabel("密码", { exact: true })).toBeHidden();
    await page.goto("/me");
    await page.getByRole("button", { name: "开启两步验证" }).click();
    await expect(page.getByAltText("验证器二维码")).toBeVisible();
    await page.getByText("扫不了?手工输入密钥").click();
    const secret = await page.locator(".account-secret").innerText();
    await page.getByLabel("验证码", { exact: true }).fill("12345");
    await page.getByLabel("现在的密码").last().fill("demo1234");
    await page.getByRole("button", { name: "开启两步验证" }).click();
    await expect(page.getByRole("alert")).toContainText("核对手机时间");
    await page.getByLabel("验证码", { exact: true }).fill(shown(secret));
    await page.getByRole("button", { name: "开启两步验证" }).click();
    await expect(page.getByText("已开启:登录时要填")).toBeVisible();

    await context.clearCookies();
    await enter();
    await expect(page.getByText("请填手机验证器上现在显示的六位数。")).toBeVisible();
    // The present code is used up; a clock may be half a minute ahead.
    await page.getByLabel("验证码", { exact: true }).fill(shown(secret, 1));
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect(page.getByLabel("密码", { exact: true })).toBeHidden();
  } finally {
    await server.stop();
  }
});
