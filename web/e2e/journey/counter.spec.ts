// A shared counter: one machine, two people, a PIN for each act; what was typed outlives the lock.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { Server } from "../server.ts";

const headers = { "X-Sanbao": "1" };

/** Somebody's own machine. */
async function signedIn(context: BrowserContext, login: string): Promise<void> {
  const data = { login, password: "demo1234" };
  const answer = await context.request.post("/api/v1/session", { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
}

async function pinOf(context: BrowserContext, login: string, pin: string): Promise<void> {
  await signedIn(context, login);
  const data = { password: "demo1234", pin };
  const answer = await context.request.put("/api/v1/me/pin", { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
}

const locked = (page: Page) => page.getByRole("main", { name: "柜台已锁" });

/** Steps up by keys alone: a part of the name, Enter, the digits, Enter. */
async function stepUp(page: Page, name: string, pin: string): Promise<void> {
  await expect(page.getByLabel("您是谁")).toBeFocused();
  await page.keyboard.insertText(name);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("口令")).toBeFocused();
  await page.keyboard.type(pin);
  await page.keyboard.press("Enter");
  await expect(locked(page)).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: `${name} 在办理` })).toBeVisible();
}

test("two people take turns at one counter and each act is its doer's", async ({ browser }) => {
  test.slow();
  const server = await Server.start(["--demo=day"]);
  try {
    const own = { baseURL: server.address, locale: "zh-CN" };
    const home = await browser.newContext(own);
    await pinOf(home, "wangjun", "7041");
    // One's own PIN is set on the page, with the password.
    await signedIn(home, "lina");
    const me = await home.newPage();
    await me.goto("/me");
    await me.getByRole("button", { name: "设口令" }).click();
    await me.getByLabel("新口令").fill("1234");
    await me.getByLabel("现在的密码").last().fill("demo1234");
    await me.getByRole("button", { name: "设口令" }).click();
    await expect(me.getByRole("alert")).toContainText("太容易猜");
    await me.getByLabel("新口令").fill("4927");
    await me.getByRole("button", { name: "设口令" }).click();
    await expect(me.getByText("已设口令")).toBeVisible();
    const found = await home.request.get("/api/v1/cases?area=repair&open=true&limit=20");
    const { items } = (await found.json()) as { items: { unit: { id: string } | null }[] };
    const unit = items.find((row) => row.unit)?.unit?.id;
    expect(unit).toBeTruthy();

    const machine = await browser.newContext(own);
    await signedIn(machine, "liuyang");
    const desk = await machine.newPage();
    await desk.goto("/counters");
    await desk.getByLabel("柜台名称").fill("前台一号机");
    await desk.getByRole("button", { name: "本机作柜台" }).click();
    await expect(locked(desk)).toBeVisible();
    await expect(locked(desk)).toContainText("前台一号机");

    await desk.goto(`/open/repair_order?unit=${unit}`);
    await stepUp(desk, "李娜", "4927");
    const symptom = desk.getByRole("textbox", { name: /故障现象/ });
    await symptom.fill("上坡时断电，充满只能骑十公里");
    await desk.keyboard.press("Alt+l");
    await expect(locked(desk)).toBeVisible();
    await expect(symptom).toBeHidden();
    await desk.reload();
    await expect(locked(desk)).toBeVisible();
    await expect(desk.getByText("上坡时断电")).toBeHidden();

    // A wrong PIN says so and takes the next; somebody else goes on with what is there.
    await desk.getByRole("button", { name: /王军/ }).click();
    await desk.getByLabel("口令").fill("5014");
    await desk.keyboard.press("Enter");
    await expect(desk.getByRole("alert")).toContainText("口令不对");
    await desk.keyboard.type("7041");
    await desk.keyboard.press("Enter");
    await expect(desk.getByText("这是李娜填到一半的内容。")).toBeVisible();
    await expect(symptom).toHaveValue("上坡时断电，充满只能骑十公里");
    // Another window of the machine is the same counter.
    const other = await machine.newPage();
    await other.goto("/");
    await expect(other.getByText("王军 在办理")).toBeVisible();
    await desk.getByRole("button", { name: "新建服务工单" }).click();
    await expect(desk).toHaveURL(/\/case\//);
    await expect(desk.getByText(/王军 这一笔已办完/)).toBeVisible();
    const opened = desk.locator("[data-event=opened]");
    await expect(opened).toContainText("王军 凭口令于前台一号机");
    await desk.getByRole("button", { name: /锁屏/ }).click();
    await expect(locked(desk)).toBeVisible();
    await expect(locked(other)).toBeVisible();

    // The manager ends it from elsewhere; the machine is an ordinary browser again.
    const office = await browser.newContext(own);
    await signedIn(office, "liuyang");
    const list = await office.newPage();
    await list.goto("/counters");
    await expect(list.getByText("前台一号机")).toBeVisible();
    await list.getByRole("button", { name: "注销", exact: true }).click();
    await list.locator(".ant-popconfirm").getByRole("button", { name: /注\s*销/ }).click();
    await expect(list.getByText("还没有公用柜台")).toBeVisible();
    await desk.reload();
    await expect(desk.getByLabel("账号", { exact: true })).toBeVisible();
  } finally {
    await server.stop();
  }
});
