// Somebody asks for their data to be erased: what is held waits and is listed, what is not is gone
// for good after one look at what is lost.
import { expect, test } from "../app.ts";

test("an erasure waits for what holds it, and what nothing holds is erased", async ({
  page,
  company,
}) => {
  const manager = await company.account("售后服务部经理");
  await company.signIn(manager);
  await page.goto(`/unit/${await company.someUnit()}`);
  await page.getByRole("link", { name: "客户资料" }).click();
  await expect(page.getByText("尚未办结").first()).toBeVisible();
  await expect(page.getByText("三包期未满").first()).toBeVisible();
  const held = page.url();
  await page.getByRole("button", { name: "受理注销请求" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "受理注销请求" }).click();
  await expect(page.getByRole("button", { name: "撤回请求" })).toBeVisible();
  await page.goto("/erasures");
  await expect(page.getByText(`${manager.name} 受理`).first()).toBeVisible();
  await page.goto(held);
  await page.getByRole("button", { name: "撤回请求" }).click();
  await expect(page.getByRole("button", { name: "受理注销请求" })).toBeVisible();

  const data = { name: "诸葛瑾", phone: "13988812345", consent: true };
  const headers = { "X-Sanbao": "1" };
  const made = await page.context().request.post("/api/v1/customers", { data, headers });
  const { id } = (await made.json()) as { id: string };
  await page.goto(`/customer/${id}`);
  await expect(page.getByText("诸*瑾")).toBeVisible();
  await page.getByLabel("保全原因,例如诉讼案号").fill("(2026)苏01民初9号");
  await page.getByRole("button", { name: "加保全" }).click();
  await expect(page.getByText("保全：(2026)苏01民初9号")).toBeVisible();
  await page.getByRole("button", { name: "解除", exact: true }).click();
  await page.getByLabel("导出原因,例如本人到店索取").fill("本人索取");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出副本" }).click();
  expect((await saved).suggestedFilename()).toBe("personal-data.zip");
  await page.getByRole("button", { name: "删除个人信息" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("删除后谁也不能恢复。")).toBeVisible();
  await dialog.getByText("本人撤回同意").click();
  await dialog.getByRole("button", { name: "永久删除" }).click();
  await expect(page.getByRole("heading", { name: "个人信息已删除" })).toBeVisible();
  await expect(page.getByText("诸*瑾")).toHaveCount(0);
  await expect(page.getByText(/删除个人信息 · 本人撤回同意/).first()).toBeVisible();
});
