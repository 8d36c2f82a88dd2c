// A list as its reader wants it: filters kept under a name, columns chosen, several orders done
// with one form; and keys that arrive whatever input method is at work, wherever the cursor stands.
import { type CDPSession, expect, type Page } from "@playwright/test";
import { test } from "../app.ts";
import { go } from "../pages/frame.ts";

test.use({ world: "lists" });

const table = (page: Page) => page.getByRole("main").getByRole("table");

test("a saved filter and chosen columns are there at the next visit", async ({ at }) => {
  const page = await at("王军");
  await go(page, "工单");
  await expect(table(page)).toBeVisible();
  await page.getByRole("radio", { name: "我经办的" }).click();
  await page.getByRole("radio", { name: "全部" }).click();
  await page.getByRole("button", { name: "保存这个筛选" }).click();
  await page.getByLabel("筛选名称").fill("我办过的");
  await page.getByRole("button", { name: /^保\s*存$/ }).click();
  await expect(page.getByRole("button", { name: "我办过的", exact: true })).toBeVisible();

  await go(page, "接待");
  await go(page, "工单");
  await expect(table(page).getByRole("columnheader", { name: "网点" })).toBeVisible();
  await page.getByRole("button", { name: "显示的列" }).click();
  await page.getByLabel("网点", { exact: true }).uncheck();
  await page.getByLabel("车牌", { exact: true }).check();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(table(page).getByRole("columnheader", { name: "车牌" })).toBeVisible();
  await expect(table(page).getByRole("columnheader", { name: "网点" })).toHaveCount(0);

  await page.getByRole("button", { name: "我办过的", exact: true }).click();
  await expect(page).toHaveURL(/mine=1/);
  await expect(page.getByRole("radio", { name: "我经办的" })).toBeChecked();
  await page.getByRole("button", { name: "删除筛选“我办过的”" }).click();
  await expect(page.getByRole("button", { name: "我办过的", exact: true })).toHaveCount(0);
});

test("several orders get their technician with one form", async ({ at }) => {
  const page = await at("王军");
  await go(page, "工单");
  await page.getByLabel("全选本页").check();
  await page.getByRole("button", { name: "看能一起办什么" }).click();
  const bar = page.getByRole("region", { name: /^已选/ });
  await bar.getByRole("button", { name: /^派工/ }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("row", { name: /赵\s*磊/ }).getByRole("button", { name: "选择" }).click();
  await form.getByLabel("交代事项").fill("先查电池接头");
  const act = form.getByRole("button", { name: /^办理 \d+ 单$/ });
  const count = Number(/\d+/.exec((await act.textContent()) ?? "")?.[0]);
  expect(count).toBeGreaterThan(1);
  await act.click();
  await expect(form.getByText(`${count} 单已办理`)).toBeVisible();
  await form.getByRole("button", { name: /^关\s*闭$/ }).last().click();
  await expect(form).toHaveCount(0);
  // Each of them stands with him now.
  const his = table(page).getByRole("row").filter({ hasText: "赵磊" });
  await expect.poll(() => his.count()).toBeGreaterThanOrEqual(count);
});

const codeOf = (sign: string) => (/\d/.test(sign) ? `Digit${sign}` : `Key${sign}`);

/** A key while a Chinese input method is at work: the page hears which place was pressed. */
async function methodKey(keys: CDPSession, code: string, timestamp = Date.now() / 1000) {
  const key = { key: "Process", code, windowsVirtualKeyCode: 229, timestamp };
  await keys.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
  await keys.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
}

/** Milliseconds between two keys of a scanner, as the keys themselves say: a busy machine that
 * hands them on later changes nothing. */
const PACE = 5;

/** A hand scanner reads a number: as keys that type, or as keys that an input method takes. */
async function scan(page: Page, number: string, method: boolean): Promise<void> {
  const keys = await page.context().newCDPSession(page);
  const begin = Date.now();
  let held = "";
  for (const [n, sign] of [...number].entries()) {
    const timestamp = (begin + n * PACE) / 1000;
    if (method) {
      await methodKey(keys, codeOf(sign), timestamp);
      held += sign.toLowerCase();
      const at = { selectionStart: held.length, selectionEnd: held.length };
      await keys.send("Input.imeSetComposition", { text: held, ...at });
    } else {
      const key = { key: sign, code: codeOf(sign), timestamp };
      await keys.send("Input.dispatchKeyEvent", { type: "keyDown", text: sign, ...key });
      await keys.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
    }
  }
  const enter = { key: "Enter", code: "Enter", timestamp: (begin + number.length * PACE) / 1000 };
  await keys.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
  await keys.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
}

const FRAME = "LRFR6260870054";

test.describe("keys", () => {
  test("the order key and the search key work under an input method", async ({ at }) => {
    const page = await at("李娜");
    await go(page, "工单");
    // A line so slow that the key comes before the page knows what may be opened.
    await page.route("**/api/v1/processes", async (route) => {
      await new Promise((resume) => setTimeout(resume, 1_500));
      await route.continue();
    });
    await page.goto("/desk");
    const keys = await page.context().newCDPSession(page);
    const box = page.locator("input[data-search]");
    await box.focus();
    const at5 = { selectionStart: 5, selectionEnd: 5 };
    await keys.send("Input.imeSetComposition", { text: "zhang", ...at5 });
    await expect(box).toHaveValue("zhang");
    await methodKey(keys, "F4");
    await expect(page.getByRole("heading", { name: /^新建/ })).toBeVisible();
    await methodKey(keys, "F2");
    await expect(page.getByRole("search").getByRole("textbox")).toBeFocused();
  });

  test("a scan arrives with the cursor elsewhere and leaves that box as it was", async ({ at }) => {
    const page = await at("李娜");
    await go(page, "接待");
    await expect(page.locator("input[data-search]")).toBeVisible();
    const top = page.getByRole("search").first().getByRole("textbox");
    await top.fill("张伟");
    await scan(page, FRAME, false);
    await expect(page).toHaveURL(new RegExp(FRAME));
    await expect(top).toHaveValue("张伟");
    await expect(page.getByRole("main")).toContainText(FRAME);
  });

  test("a scan arrives while an input method holds the box", async ({ at }) => {
    const page = await at("李娜");
    await go(page, "工单");
    await go(page, "接待");
    await page.locator("input[data-search]").focus();
    await scan(page, FRAME, true);
    await expect(page.getByRole("main")).toContainText(FRAME);
    await expect(page).toHaveURL(new RegExp(FRAME));
  });
});
