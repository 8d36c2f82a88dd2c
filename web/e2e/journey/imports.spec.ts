// Workbooks as suppliers send them: a table in GBK whose headings nobody has told us of, said once
// by hand, remembered, forgotten; and what cannot be read says what would be right.
import { expect, type Page } from "@playwright/test";
import { test } from "../app.ts";
import { go } from "../pages/frame.ts";

test.use({ world: "imports" });

// 买主,联系方式,业务员 and two customers, as Excel in China writes a CSV.
const HEAD = "c2f2d6f72cc1aacfb5b7bdcabd2cd2b5cef1d4b10a";
const ROWS = [
  "d6eeb8f0bfd7c3f72c31333930303030303039312cd5d4d4c60a",
  "b9d8d4c6b3a42c31333930303030303039322cd5d4d4c60a",
];

const table = (row: number) => ({
  name: `客户${row + 1}.csv`,
  mimeType: "text/csv",
  buffer: Buffer.from(HEAD + (ROWS[row] ?? ""), "hex"),
});

async function give(page: Page, file: ReturnType<typeof table>): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /拖到这里/ }).click();
  await (await chooser).setFiles(file);
}

async function choose(page: Page, heading: string, what: string): Promise<void> {
  await page.getByRole("combobox", { name: heading, exact: true }).click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: what }).first().click();
}

test("columns said by hand are remembered for the next workbook", async ({ at }) => {
  const page = await at("刘洋");
  await go(page, "导入");
  await page.getByRole("radio", { name: "客户" }).click();
  await give(page, table(0));
  await expect(page.getByRole("alert")).toContainText("没有找到表头");
  await choose(page, "买主", "姓名");
  await choose(page, "联系方式", "手机号");
  await page.getByRole("button", { name: "按这样检查" }).click();
  await expect(page.getByRole("heading", { name: "客户1.csv" })).toBeVisible();
  await expect(page.getByText("已对应 2 列。 没有用到:业务员")).toBeVisible();
  await page.getByRole("button", { name: "导入 1 行" }).click();
  await expect(page.getByText("已导入 1 行")).toBeVisible();

  // The next one with these headings is read by itself, and says why.
  await page.getByRole("button", { name: "换一个文件" }).click();
  await give(page, table(1));
  await expect(page.getByRole("heading", { name: "客户2.csv" })).toBeVisible();
  await page.getByText("其中 2 列按记住的列名对应").click();
  await page.getByRole("button", { name: "忘记列名 联系方式" }).click();
  await expect(page.getByText("其中 1 列按记住的列名对应")).toBeVisible();
  await page.getByRole("button", { name: "调整列对应" }).click();
  await expect(page.getByRole("heading", { name: "每一列是什么" })).toBeVisible();
});

test("what cannot be read says what would be right", async ({ at }) => {
  const page = await at("刘洋");
  await go(page, "导入");
  const file = (name: string, buffer: Buffer<ArrayBuffer>) => ({ name, mimeType: "", buffer });
  await give(page, file("旧.xls", Buffer.from("d0cf11e0a1b11ae1", "hex")));
  await expect(page.getByRole("alert")).toContainText("另存为不加密的 .xlsx");
  await give(page, file("网页.xls", Buffer.from("<html><table></table></html>")));
  await expect(page.getByRole("alert")).toContainText("其实是网页");
});
