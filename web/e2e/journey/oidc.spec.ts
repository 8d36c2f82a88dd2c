// Through the company's identity provider: linked with the password, in without it, out again;
// taken over by a link; who is unknown and a provider that is away are told so.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { freePort, IdentityProvider } from "../provider.ts";
import { Server } from "../server.ts";

const BUTTON = "用公司账号登录";
// The first answers of a loaded machine take their time.
const SLOW = { timeout: 30_000 };

async function byPassword(page: Page, login: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("账号", { exact: true }).fill(login);
  await page.getByLabel("密码", { exact: true }).fill("demo1234");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByLabel("密码", { exact: true })).toBeHidden(SLOW);
}

/** The provider's own page: whoever types a name is that person. */
async function atProvider(page: Page, name: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(name, SLOW);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
}

test("people come in through the company's identity provider", async ({ browser }) => {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const provider = await IdentityProvider.start(address);
  const file = await provider.file(address, "passwords = true\n");
  const options = ["--demo=day", "--oidc", file];
  const server = await Server.start(options, undefined, `127.0.0.1:${port}`);
  const contexts: BrowserContext[] = [];
  const opened = async () => {
    const context = await browser.newContext({ baseURL: address, locale: "zh-CN" });
    contexts.push(context);
    // Its page would fetch letters from the internet.
    await context.route(/googleapis/, (route) => route.abort());
    return context.newPage();
  };
  try {
    const lina = await opened();
    await test.step("linked once, with the password", async () => {
      await byPassword(lina, "lina");
      await lina.goto("/me");
      await lina.getByRole("button", { name: "关联公司账号" }).click();
      await lina.getByLabel("现在的密码").fill("demo1234");
      await lina.getByRole("button", { name: "关联公司账号" }).click();
      await atProvider(lina, "e-1001");
      await expect(lina.getByText("已关联：e-1001")).toBeVisible(SLOW);
      expect(new URL(lina.url()).pathname).toBe("/me");
    });

    await test.step("out here, and in without the password", async () => {
      await lina.context().clearCookies();
      await lina.goto("/cases/repair");
      await lina.getByRole("button", { name: BUTTON }).click();
      await atProvider(lina, "e-1001");
      await expect(lina.getByRole("button", { name: /李娜/ })).toBeVisible(SLOW);
      expect(new URL(lina.url()).pathname).toBe("/cases/repair");
    });

    await test.step("signing out signs out there too", async () => {
      await lina.getByRole("button", { name: /李娜/ }).click();
      await lina.getByText("退出登录", { exact: true }).click();
      await lina.getByRole("button", { name: "Yes, sign me out" }).click(SLOW);
      await expect(lina.getByRole("button", { name: BUTTON })).toBeVisible(SLOW);
      await lina.getByRole("button", { name: BUTTON }).click();
      await expect(lina.getByPlaceholder("Enter any login")).toBeVisible(SLOW);
    });

    await test.step("who is unknown is told so, and an answer counts once", async () => {
      const stranger = await opened();
      await stranger.goto("/");
      await stranger.getByRole("button", { name: BUTTON }).click();
      await atProvider(stranger, "nobody-7");
      await expect(stranger.getByRole("alert")).toContainText("没有与公司账号“nobody-7”关联", SLOW);
      await stranger.reload();
      await expect(stranger.getByRole("alert")).toContainText("这次登录已失效", SLOW);
      await stranger.getByRole("button", { name: "重新开始" }).click();
      await expect(stranger.getByRole("button", { name: BUTTON })).toBeVisible();
    });

    const admin = await opened();
    const of = async (login: string) => {
      const answer = await admin.request.get(`/api/v1/people?q=${login}`);
      const { items } = (await answer.json()) as { items: { id: string }[] };
      return items[0]?.id ?? "";
    };
    await test.step("an administrator sees who is linked and lets it go", async () => {
      await byPassword(admin, "admin");
      await admin.goto(`/people/${await of("lina")}`);
      await expect(admin.getByText("已关联：e-1001")).toBeVisible(SLOW);
      await admin.getByRole("button", { name: "解除关联" }).click();
      await admin.getByRole("button", { name: "确认解除" }).click();
      await expect(admin.getByText("已关联：e-1001")).toBeHidden();
      await expect(admin.getByText("解除了公司账号的关联")).toBeVisible();
    });

    await test.step("a link is taken without a password, and confirmed there", async () => {
      const headers = { "X-Sanbao": "1" };
      const path = `/api/v1/people/${await of("wangjun")}/invitation`;
      const answer = await admin.request.post(path, { headers, data: {} });
      const link = ((await answer.json()) as { path: string }).path;
      const wangjun = await opened();
      await wangjun.goto(link);
      await wangjun.getByRole("button", { name: BUTTON }).click();
      await atProvider(wangjun, "e-2002");
      await expect(wangjun.getByRole("button", { name: /王军/ })).toBeVisible(SLOW);
      await wangjun.goto("/me");
      await wangjun.getByRole("button", { name: "设口令" }).click();
      await wangjun.getByRole("button", { name: "用公司账号确认身份" }).click();
      await atProvider(wangjun, "e-2002");
      await wangjun.getByRole("button", { name: "设口令" }).click(SLOW);
      await expect(wangjun.getByText("已用公司账号确认是您本人")).toBeVisible();
      await wangjun.getByLabel("新口令").fill("4927");
      await wangjun.getByRole("button", { name: "设口令" }).click();
      await expect(wangjun.getByRole("button", { name: "换口令" })).toBeVisible();
    });

    await test.step("what is on record fits", async () => {
      const answer = await admin.request.get("/api/v1/verify");
      expect(await answer.json()).toMatchObject({ ok: true, problems: [] });
    });

    await test.step("while the provider is away, passwords go on", async () => {
      await provider.stop();
      await server.again(options);
      const again = await opened();
      await again.goto("/");
      await again.getByRole("button", { name: BUTTON }).click();
      await expect(again.getByRole("alert")).toContainText("登录平台暂时连不上", SLOW);
      await byPassword(again, "lina");
    });
  } finally {
    for (const context of contexts) await context.close();
    await provider.stop();
    await server.stop();
    await server.forget();
  }
});
