// Blank numbered forms: a team leader takes a few, looks at them, and accounts for a spoilt one;
// what was written on another is entered late with its number, once.
import { expect, test } from "../app.ts";

test("blank sheets are printed in advance and accounted for", async ({ at }) => {
  test.slow();
  const wang = await at("王军");
  await wang.goto("/blanks");
  await wang.getByRole("spinbutton", { name: "张数" }).fill("3");
  await wang.getByRole("button", { name: "领号" }).click();
  const numbers = wang.locator(".blank-numbers li");
  await expect(numbers).toHaveCount(3);
  const paper = wang.frameLocator("iframe");
  await expect(paper.locator(".sheet")).toHaveCount(3);
  await expect(paper.locator("h1").first()).toHaveText("接车单");
  const first = (await numbers.first().locator(".mono").textContent()) ?? "";
  await expect(paper.getByText(first)).toBeVisible();
  await expect(wang.getByText("3 页")).toBeVisible();

  await wang.getByRole("button", { name: `说明去向 ${first}` }).click();
  await wang.getByRole("textbox", { name: "原因" }).fill("写错");
  await numbers.first().getByRole("button", { name: /作\s*废/ }).click();
  await expect(numbers.first()).toContainText("作废");
  await expect(paper.locator(".sheet")).toHaveCount(2);
  await wang.getByRole("button", { name: "全部批次" }).click();
  await expect(wang.getByText("作废 1")).toBeVisible();
});
