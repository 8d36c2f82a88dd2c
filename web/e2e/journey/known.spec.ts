// A question of somebody who left no number is laid by hand to a known customer and the vehicle it
// is about; who asked still does not see what the file says.
import { expect, test } from "../app.ts";
import { onPhone, picture } from "../pages/story.ts";

test.use({ world: "known" });

test("an enquiry is laid to a known customer and a vehicle by hand", async ({ company, at }) => {
  const word = await company.asks("车换过电池,还在三包期里吗");
  const page = await at("徐蕾");
  await page.goto("/enquiries");
  await page.getByRole("button", { name: /换过电池/ }).click();
  const thread = page.getByRole("region", { name: "往来" });
  await expect(thread.getByRole("link", { name: /\*/ })).toHaveCount(0);

  await thread.getByRole("button", { name: "这是哪位客户、哪辆车" }).click();
  const who = thread.getByRole("group", { name: "这是哪位客户、哪辆车" });
  await expect(who.getByRole("searchbox")).toBeFocused();
  await who.getByRole("searchbox").fill("没有这个人");
  await expect(who).toContainText("没有找到");
  await picture(page, "known-nobody");
  // By the last digits of the frame.
  await who.getByRole("searchbox").fill("0000");
  const mine = who.locator(".row").filter({ hasText: /70000$|70000/ }).first();
  await expect(mine).toBeVisible();
  await picture(page, "known-found");
  await onPhone(page, "known-found-phone");
  await mine.getByRole("button", { name: "说的是这辆车" }).click();
  await expect(who).toBeHidden();
  const unit = thread.getByRole("link", { name: /70000/ });
  await expect(unit).toBeVisible();
  await picture(page, "known-linked");
  await onPhone(page, "known-linked-phone");
  await unit.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("70000");

  const outside = await (await page.context().browser()?.newContext())?.newPage();
  if (!outside) throw new Error("no window");
  await outside.goto(new URL(`/q/${word}`, page.url()).href);
  await expect(outside.getByText("换过电池")).toBeVisible();
  await expect(outside.getByText("70000")).toHaveCount(0);
  await outside.close();
});
