// Two people at one counter PC: who signs in acts in their own name, and finds only what is theirs.
import type { Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { Desk } from "../pages/desk.ts";
import { go, signIn, signOut } from "../pages/frame.ts";

/** A bike of the demo that this station looks after. */
const BIKE = "0012";
const SYMPTOM = "刹车异响,下雨天更明显";

/** Finds the bike and begins a work order for it. */
async function begins(page: Page): Promise<CasePage> {
  const desk = new Desk(page);
  await desk.open();
  await desk.find(BIKE, new RegExp(`${BIKE}$`));
  await desk.newOrder();
  return new CasePage(page);
}

test("one leaves, the next one signs in: each under their own name", async ({ page, company }) => {
  const lina = await company.named("李娜");
  const liuyang = await company.named("刘洋");
  await signIn(page, lina);
  await expect(page.getByRole("button", { name: "账户 李娜" })).toBeVisible();
  await signOut(page);
  await expect(page.getByLabel("账号", { exact: true })).toHaveValue("");
  await page.goBack();
  await expect(page.getByLabel("账号", { exact: true }), "no way back in").toBeVisible();
  await signIn(page, liuyang);
  await expect(page.getByRole("button", { name: "账户 刘洋" })).toBeVisible();
});

test("what one has typed waits for them, and the next one does not find it", async ({
  page,
  company,
}) => {
  const lina = await company.named("李娜");
  await signIn(page, lina);
  let sheet = await begins(page);
  await sheet.form.type("故障现象", SYMPTOM);
  const address = page.url();
  await signOut(page);
  await signIn(page, await company.named("刘洋"));
  await page.goto(address);
  sheet = new CasePage(page);
  await expect(sheet.form.field("故障现象").getByRole("textbox")).toHaveValue("");
  await signOut(page);
  await signIn(page, lina);
  await page.goto(address);
  await expect(sheet.form.field("故障现象").getByRole("textbox")).toHaveValue(SYMPTOM);
  await page.getByRole("button", { name: "清空重填" }).click();
});

test("the session runs out while somebody types: nothing is lost", async ({ page, company }) => {
  const lina = await company.named("李娜");
  await signIn(page, lina);
  const sheet = await begins(page);
  // The form has asked once what would follow; the session ends after that.
  const asked = page.waitForResponse(
    (response) =>
      response.url().endsWith("/preview") &&
      (response.request().postData() ?? "").includes(SYMPTOM),
  );
  await sheet.form.type("故障现象", SYMPTOM);
  await asked;
  await page.context().clearCookies();
  await sheet.submit();
  const again = page.getByRole("dialog");
  await expect(again).toContainText("填写的内容都在");
  await expect(again.getByLabel("账号", { exact: true })).toHaveValue(lina.login);
  await again.getByLabel("密码", { exact: true }).fill(lina.password);
  await again.getByRole("button", { name: /^登\s*录$/ }).click();
  await expect(again).toBeHidden();
  await expect(sheet.form.field("故障现象").getByRole("textbox")).toHaveValue(SYMPTOM);
  await sheet.submit();
  const opened = await CasePage.opened(page);
  await opened.stands("接车检查");
});

test("the session runs out and somebody else stands at the counter", async ({ page, company }) => {
  await signIn(page, await company.named("李娜"));
  await page.context().clearCookies();
  await go(page, "工单");
  await page.getByRole("dialog").getByRole("button", { name: "换人登录" }).click();
  await signIn(page, await company.named("刘洋"));
  await expect(page.getByRole("button", { name: "账户 刘洋" })).toBeVisible();
});

test("two windows of one browser never act in two names", async ({ page, context, company }) => {
  await signIn(page, await company.named("李娜"));
  const second = await context.newPage();
  await second.goto("/desk");
  await expect(second.getByRole("button", { name: "账户 李娜" })).toBeVisible();
  await signOut(page);
  await signIn(page, await company.named("刘洋"));
  await expect(second.getByRole("button", { name: "账户 刘洋" })).toBeVisible();
  await second.close();
});

test("another station sees neither the case nor the customer", async ({ page, company }) => {
  await signIn(page, await company.named("李娜"));
  await go(page, "工单");
  await expect(page.getByRole("heading", { name: "工单", exact: true })).toBeVisible();
  const row = page.getByRole("main").getByRole("link", { name: /^WX/ }).first();
  const number = await row.innerText();
  await row.click();
  const sheet = await CasePage.opened(page);
  await expect(sheet.number).toHaveText(number);
  const address = page.url();
  await signOut(page);

  await signIn(page, await company.named("何静"));
  await page.goto(address);
  await expect(page.getByRole("alert")).toContainText("不在您的可见范围内");
  await expect(page.getByRole("main")).not.toContainText(number);
  await go(page, "工单");
  await expect(page.getByRole("main").getByRole("link", { name: number })).toHaveCount(0);
  const desk = new Desk(page);
  await desk.open();
  await desk.box.fill(number);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("没有");
});
