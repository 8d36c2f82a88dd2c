// A company begins: the first administrator by the printed link, a station, its manager by an
// invitation, and the technician whom the manager takes on. Nobody ever sets another's password.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { Server } from "../server.ts";

const PASSWORD = "maple-kettle-orbit-92";

async function choose(page: Page, label: string, text: string, option = text) {
  await page.getByLabel(label, { exact: true }).last().click();
  await page.keyboard.type(text);
  await page.getByTitle(option, { exact: false }).first().click();
}

/** A window of somebody's own. */
async function window(browser: Browser, server: Server): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
  return context.newPage();
}

async function setPassword(page: Page, password: string) {
  await page.getByLabel("新密码", { exact: true }).fill(password);
  await page.getByLabel("再输一遍").fill(password);
  await page.getByRole("button", { name: "开始使用" }).click();
}

/** Fills in somebody new; the link they get. */
async function takesOn(page: Page, name: string, login: string, role: string): Promise<string> {
  await page.goto("/people");
  await page.getByRole("button", { name: "新增人员" }).click();
  await page.getByLabel("姓名", { exact: true }).fill(name);
  await page.getByLabel("账号", { exact: true }).fill(login);
  return role === "" ? "" : give(page, role);
}

async function give(page: Page, role: string): Promise<string> {
  await choose(page, "选择岗位", role);
  await page.getByRole("button", { name: "新增并生成链接" }).click();
  return page.getByLabel("登录链接", { exact: true }).inputValue();
}

test("a company begins with a link, and its people come by links", async ({ browser }) => {
  const server = await Server.start([]);
  try {
    const printed = () => /http:\/\/\S+\/welcome#\S+/.exec(server.log())?.[0] ?? "";
    await expect.poll(printed, "the link for the first administrator").not.toBe("");
    const admin = await window(browser, server);
    await admin.goto(printed());
    await admin.getByLabel("公司名称").fill("瑞风电动车有限公司");
    await admin.getByLabel("您的姓名").fill("罗佳");
    await admin.getByLabel("账号").fill("luojia");
    await setPassword(admin, "luojia2026");
    await expect(admin.getByRole("alert")).toContainText("太容易猜到");
    await setPassword(admin, PASSWORD);
    await expect(admin.getByText("瑞风电动车有限公司").first()).toBeVisible();

    await admin.goto("/units");
    await admin.getByRole("button", { name: "新设机构" }).click();
    await admin.getByLabel("名称", { exact: true }).fill("城北服务站");
    await admin.getByLabel("代码（以后不变）").fill("S0101");
    await admin.getByRole("button", { name: "新设机构" }).last().click();
    await expect(admin.getByRole("listitem").filter({ hasText: "城北服务站" })).toBeVisible();

    await takesOn(admin, "刘洋", "liuyang", "");
    await choose(admin, "日常工作的机构", "城北");
    await choose(admin, "选择岗位", "站长");
    await choose(admin, "在哪个机构", "城北");
    await admin.getByRole("button", { name: "新增并生成链接" }).click();
    const invitation = await admin.getByLabel("登录链接", { exact: true }).inputValue();

    const manager = await window(browser, server);
    await manager.goto(invitation);
    await expect(manager.getByText("刘洋,您的账号是 liuyang")).toBeVisible();
    await setPassword(manager, PASSWORD);
    await expect(manager.getByRole("button", { name: "账户 刘洋" })).toBeVisible();
    const late = await window(browser, server);
    await late.goto(invitation);
    await expect(late.getByRole("alert")).toContainText("已用过");

    const his = await takesOn(manager, "赵新", "zhaoxin", "技师");
    expect(his).toContain("/welcome#");
    await manager.getByRole("link", { name: "查看这位员工" }).click();
    await expect(manager.getByRole("heading", { name: "赵新" })).toBeVisible();
    await expect(manager.getByText("办理工单", { exact: true })).toBeVisible();
    await expect(manager.getByText("建立账号")).toBeVisible();
    await manager.getByLabel("可以登录").click();
    await manager.getByRole("button", { name: "保存" }).click();
    await expect(manager.getByText(/停用账号/)).toBeVisible();
    await late.goto(his);
    await late.reload();
    await expect(late.getByRole("alert"), "who was let go comes in no more").toContainText("已用过");
  } finally {
    for (const context of browser.contexts()) await context.close();
    await server.stop();
    await server.forget();
  }
});
