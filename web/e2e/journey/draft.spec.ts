// A term of the standard is changed by an analyst, seen by a second person and in force the same
// day; what is wrong in a cell is said in the cell, and keeps a draft from being approved.
import { type Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { DraftPage } from "../pages/draft.ts";

// Nobody else's verdicts may stand on the standard that is changed here.
test.use({ world: "drafts" });
// A check of a whole standard takes its time on a busy machine.
test.setTimeout(600_000);

const SLOW = { timeout: 90_000 };

test("a term changes from 24 to 30 months", async ({ at }) => {
  const desk = await at("林霞");
  const draft = await DraftPage.begun(desk, "锂电池三包期 30 个月", "售后例会决定");
  expect(await judged(desk)).toBe("replace_at_charge");
  await test.step("a bad cell says what is wrong, while it is typed", async () => {
    await draft.type("二十四个月", "30 moons");
    const said = desk.getByText(/30 moons.*|.*不是.*期限/).last();
    await expect(said).toBeVisible(SLOW);
    await desk.keyboard.press("Enter");
    await draft.saved();
    await expect(desk.getByText("1 个错误")).toBeVisible(SLOW);
    await draft.tab("试一试");
    await expect(desk.getByText("草稿还有错误,改正后才能试。")).toBeVisible();
    await draft.tab("检查结果");
    await desk.getByRole("button", { name: /^term \/ battery/ }).click();
    await expect(desk.getByRole("gridcell", { selected: true })).toHaveText(/30 moons|锂/, SLOW);
  });
  await test.step("mended, it is one change in one sentence", async () => {
    await draft.type("30 moons", "30 mo");
    await desk.keyboard.press("Enter");
    await draft.saved();
    await draft.tab("变更");
    await expect(desk.getByText(/期限由 24个月 改为 30个月/)).toBeVisible(SLOW);
  });
  await test.step("the examples that held the old term are written anew", async () => {
    await draft.tab("审核与发布");
    await desk.getByRole("button", { name: "运行全部示例" }).click();
    await expect(desk.getByText(/2 个不符/)).toBeVisible(SLOW);
    await desk.getByRole("link", { name: /verdicts-electrical-parts\.toml/ }).first().click();
    const text = desk.locator("textarea.draft-text");
    await expect(text).toBeVisible(SLOW);
    const before = await text.inputValue();
    const after = before
      .replace(/(capacity_pct = 59\.9[\s\S]*?starts = )"2024-11-20"/, '$1"2024-05-20"')
      .replace(/"2024-11-20"(.*capacity_pct = 59\.9)/, '"2024-05-20"$1')
      .replace('invoice_date = "2024-11-19"', 'invoice_date = "2024-05-19"');
    await text.fill(after);
    await draft.saved();
    await draft.tab("审核与发布");
    await desk.getByRole("button", { name: "运行全部示例" }).click();
    await expect(desk.getByText(/0 个不符/)).toBeVisible(SLOW);
  });
  await desk.getByRole("button", { name: "提交审核" }).click();
  await expect(desk.getByText("审核中").first()).toBeVisible(SLOW);
  await expect(desk.getByRole("button", { name: "批准" })).toHaveCount(0);
  const office = await at("郭强");
  await test.step("another person approves and publishes it for today", async () => {
    await office.goto(new URL(desk.url()).pathname + "?tab=review");
    await expect(office.getByText(/期限由 24个月 改为 30个月/).first()).toBeVisible(SLOW);
    await office.getByRole("button", { name: /^批\s*准$/ }).click();
    await office.getByRole("button", { name: /^今\s*天$/ }).click(SLOW);
    await office.getByRole("button", { name: /^发\s*布$/ }).click();
    await expect(office.getByText(/\d{4}-\d\d-\d\d 起施行/).first()).toBeVisible(SLOW);
  });
  expect(await judged(desk)).toBe("replace");
});

/** What is done about a dead battery bought 26 months ago. */
async function judged(page: Page): Promise<string> {
  const day = (months: number) => {
    const at = new Date();
    at.setMonth(at.getMonth() - months);
    return at.toISOString().slice(0, 10);
  };
  const data = {
    product: "ebike",
    component: "li_battery",
    fault: "no_charge",
    invoice_date: day(26),
    reported_on: day(0),
    evidence: { invoice: true, card: true, card_matches: true },
  };
  const answer = await page.request.post("/api/v1/verdicts", {
    data,
    headers: { "X-Sanbao": "1" },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { remedy: string }).remedy;
}
