// A call is taken down, and a list goes out as a workbook.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";

test("a call is taken down and returned, and the list goes out as shown", async ({
  page,
  company,
}) => {
  await company.signIn(await company.account("服务顾问"));
  await page.goto("/open/phone_log");
  const sheet = new CasePage(page);
  await sheet.form.type("来电人", "周瑜");
  await sheet.form.type("电话", "13977009999");
  await sheet.form.type("反映的事", "问配件什么时候到");
  await sheet.submit();
  const opened = await CasePage.opened(page);
  await opened.stands("待回电");
  await opened.form.type("答复", "后天到货");
  await opened.submit();
  await opened.stands("已答复");
  const paper = await opened.paper("电话记录台帐");
  await expect(paper.getByText("后天到货").first()).toBeVisible();

  await page.goto("/cases/inquiry?all=1");
  await expect(page.getByRole("link", { name: /^DH/ }).first()).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出 Excel" }).click();
  const book = await download;
  expect(book.suggestedFilename()).toBe("cases.xlsx");
});

test("the registers go out with the columns chosen, and lead to their files", async ({
  page,
  company,
}) => {
  await company.signIn(await company.account("服务顾问"));
  await page.goto("/vehicles");
  const table = page.getByRole("main").getByRole("table");
  await expect(table.getByRole("link").first()).toBeVisible();
  await page.getByRole("button", { name: "显示的列" }).click();
  await page.getByLabel("三包卡", { exact: true }).check();
  await page.keyboard.press("Escape");
  await expect(table.getByRole("columnheader", { name: "三包卡" })).toBeVisible();
  const asked = page.waitForRequest(/\/exports$/);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出 Excel" }).click();
  const body = (await asked).postDataJSON() as { list: string; columns: { title: string }[] };
  expect(body.list).toBe("units");
  expect(body.columns.map((column) => column.title)).toContain("三包卡");
  expect((await download).suggestedFilename()).toBe("units.xlsx");
  await table.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/unit\//);

  await page.goto("/customers");
  await expect(table.getByRole("link").first()).toBeVisible();
  await table.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/customer\//);
});
