// A key for a program: made on one's own page, shown once, used without a browser, ended at once;
// and one for an account that nobody signs in to.
import { expect, test } from "@playwright/test";
import { Server } from "../server.ts";

test("a program gets a token, uses it, and loses it at once", async ({ browser }) => {
  const server = await Server.start(["--demo=day"]);
  try {
    const context = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
    const page = await context.newPage();
    await page.goto("/");
    await page.getByLabel("账号", { exact: true }).fill("lina");
    await page.getByLabel("密码", { exact: true }).fill("demo1234");
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect(page.getByLabel("密码", { exact: true })).toBeHidden();

    await page.goto("/me");
    await expect(page.getByText("还没有令牌。")).toBeVisible();
    await page.getByRole("button", { name: "新建令牌" }).click();
    await page.getByLabel("给哪个程序用").fill("进销存对接");
    await page.getByRole("checkbox", { name: "查看工单" }).check();
    const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("最后一天").fill(nextMonth);
    await page.getByLabel("您现在的密码").fill("wrong");
    await page.getByRole("button", { name: "建立令牌" }).click();
    await expect(page.getByRole("alert")).toContainText("密码不对");
    await page.getByLabel("您现在的密码").fill("demo1234");
    await page.getByRole("button", { name: "建立令牌" }).click();
    const token = await page.getByLabel("令牌", { exact: true }).inputValue();
    expect(token).toMatch(/^sanbao_[a-z2-7]{56}$/);

    const headers = { authorization: `Bearer ${token}` };
    const ask = (path: string) => fetch(`${server.address}/api/v1${path}`, { headers });
    expect((await ask("/cases")).status).toBe(200);
    expect((await ask("/people")).status).toBe(403);

    await page.reload();
    const row = page.getByRole("listitem").filter({ hasText: "进销存对接" });
    await expect(row).toContainText("最近使用");
    await expect(page.getByText(token)).toHaveCount(0);
    await row.getByRole("button", { name: "停用", exact: true }).click();
    await row.getByRole("button", { name: "立即停用" }).click();
    await expect(row).toContainText("已停用");
    expect((await ask("/cases")).status).toBe(401);
  } finally {
    await server.stop();
  }
});
