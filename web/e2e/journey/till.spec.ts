// The end of a day at the till, by rules that want a blind count: nobody sees what the books expect
// before the count is entered; the head closes; the cash goes to the bank with its slip.
import { expect, type Page, test } from "@playwright/test";
import { Company } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { signIn } from "../pages/frame.ts";
import { onPhone, picture } from "../pages/story.ts";
import { toPay } from "../pages/workshop.ts";
import { Server } from "../server.ts";

test("a till is counted blind, closed, and its cash brought to the bank", async ({ browser }) => {
  test.slow();
  const server = await Server.ruledBy("blind");
  const windows = new Map<string, Page>();
  const at = async (name: string) => {
    const known = windows.get(name);
    if (known) return known;
    const page = await (await browser.newContext({ baseURL: server.address })).newPage();
    await signIn(page, await new Company(page.request).named(name));
    windows.set(name, page);
    return page;
  };
  try {
    const advisor = await at("李娜");
    const number = await toPay(at);
    let paid = "";
    await test.step("cash is taken; the desk says nothing of what the till holds", async () => {
      await advisor.goto("/cashier");
      await advisor.getByLabel("单号、收款单号、客户").fill(number);
      await advisor.keyboard.press("Enter");
      const form = advisor.locator("form.collect");
      await expect(form).toContainText(number);
      await advisor.keyboard.press("Alt+1");
      paid = await form.getByLabel("现金", { exact: true }).inputValue();
      await advisor.keyboard.press("Enter");
      await expect(advisor.getByRole("status")).toContainText(`${number} 已收`);
      await expect(advisor.getByText("先清点:清点以后才显示账面应有多少。")).toBeVisible();
      await expect(advisor.locator(".cashier-till")).toBeHidden();
      await picture(advisor, "till-desk");
      await onPhone(advisor, "till-desk-phone");
    });

    let close = "";
    await test.step("counted by notes: what came by WeChat is forgotten at first", async () => {
      await advisor.getByRole("link", { name: "清点日结" }).click();
      const count = new CasePage(advisor);
      await expect(count.form.field("10 元")).toBeVisible();
      await expect(advisor.getByRole("main")).not.toContainText("账面现金");
      await notes(count, paid);
      // Where it leads would say whether it balances.
      await expect(count.panel.locator(".submit-next")).toBeEmpty();
      await picture(advisor, "till-count");
      await onPhone(advisor, "till-count-phone");
      await count.submit();
      const done = await CasePage.opened(advisor);
      await done.stands("账实不符");
      close = advisor.url();
      await picture(advisor, "till-differs");
      await onPhone(advisor, "till-differs-phone");
      await done.take("重新清点");
      await notes(done, paid);
      await done.form.type("微信到账", "98");
      await done.submit();
      await done.stands("账实相符");
    });

    await test.step("the head approves", async () => {
      const head = await at("刘洋");
      await head.goto(close);
      const done = await CasePage.opened(head);
      await done.does("核准封账", "已日结");
      const paper = await done.paper("收银日结单");
      await expect(paper.locator("body")).toContainText(paid.split(".")[0] ?? paid);
      await done.putAway();
    });

    await test.step("the cash goes to the bank; a slip counts once", async () => {
      await advisor.reload();
      const done = await CasePage.opened(advisor);
      await done.take("现金存银行");
      await expect(done.form.field("存入金额").getByRole("textbox")).toHaveValue(paid);
      await done.form.type("回单号码", "12");
      await done.submit();
      await expect(advisor.locator("section.action")).toContainText("回单号码至少 4 位");
      await done.form.type("回单号码", "GH20261123-0071");
      await picture(advisor, "till-bank");
      await onPhone(advisor, "till-bank-phone");
      await done.does("现金存银行", "已存银行");
      await expect(advisor.getByRole("main")).toContainText("GH20261123-0071");
      await picture(advisor, "till-banked");
      await onPhone(advisor, "till-banked-phone");
    });
  } finally {
    expect(await server.stop(), server.log()).toBe(0);
    await server.forget();
  }
});

/** Enters a sum as notes and coins. */
async function notes(sheet: CasePage, sum: string): Promise<void> {
  const yuan = Math.floor(Number(sum));
  let left = yuan;
  for (const note of [100, 50, 20, 10, 5, 1]) {
    await sheet.form.type(`${note} 元`, String(Math.floor(left / note)));
    left %= note;
  }
  await sheet.form.type("角币合计", (Number(sum) - yuan).toFixed(2));
}
