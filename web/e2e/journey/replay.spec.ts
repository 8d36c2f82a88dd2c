// A draft is tried on the past: a term changes, the past is replayed, the figure leads to the list
// behind it and to both verdicts. Two people edit one draft, and the second loses nothing. A draft
// goes out as files and comes back. Open cases move to a later release, tried first.
import type { Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { DraftPage } from "../pages/draft.ts";

// Releases are published here; nobody else's cases may stand on them.
test.use({ world: "replay" });
test.setTimeout(600_000);

const SLOW = { timeout: 120_000 };

test("a shorter term is replayed over the past, down to one verdict", async ({ at }) => {
  const desk = await at("林霞");
  const draft = await DraftPage.begun(desk, "锂电池三包期 1 个月", "试算影响");
  await test.step("nothing changed, nothing changes", async () => {
    await draft.tab("回放");
    await desk.getByRole("button", { name: "开始回放" }).click();
    await expect(desk.getByText("没有一个判定会变")).toBeVisible(SLOW);
  });
  await draft.tab("决策表");
  await draft.type("二十四个月", "1 mo");
  await desk.keyboard.press("Enter");
  await draft.saved();
  await draft.tab("回放");
  await expect(desk.getByText("结果已旧")).toBeVisible(SLOW);
  await desk.getByRole("button", { name: "重新回放" }).click();
  await expect(desk.getByText("改变的判定", { exact: true }).first()).toBeVisible(SLOW);
  await expect(desk.getByText("结果已旧")).toHaveCount(0, SLOW);
  await test.step("the figure of a part leads to its list", async () => {
    await desk.getByRole("radio", { name: "部件" }).click();
    await desk.getByRole("button", { name: /电池/ }).first().click();
    const list = desk.getByRole("region", { name: "改变的判定清单" });
    await expect(list.getByRole("listitem").first()).toContainText("保改为不保", SLOW);
    await list.getByRole("button", { name: "对比" }).first().click();
    const was = list.getByRole("region", { name: "原判定" });
    await expect(was.getByRole("region", { name: /判定/ }).first()).toBeVisible(SLOW);
    const becomes = list.getByRole("region", { name: "本草稿" });
    await expect(becomes).toContainText("不属三包", SLOW);
    await expect(list.getByRole("link", { name: "导出 Excel" })).toBeVisible();
  });
});

test("the second of two editors gets a clear sentence and loses nothing", async ({ at }) => {
  const [one, two] = [await at("林霞"), await at("郭强")];
  const draft = await DraftPage.begun(one, "两人同改", "例会");
  await expect(draft.cell("二十四个月").first()).toBeVisible(SLOW);
  const other = new DraftPage(two);
  await two.goto(new URL(one.url()).pathname + "?tab=tables");
  await expect(other.cell("二十四个月").first()).toBeVisible(SLOW);
  await draft.type("二十四个月", "30 mo");
  await one.keyboard.press("Enter");
  await draft.saved();
  await test.step("the same cell asks the second whose holds", async () => {
    await other.type("二十四个月", "36 mo");
    await two.keyboard.press("Enter");
    const clash = two.getByText("他人同时改了同一处,请选一个:");
    await expect(clash).toBeVisible(SLOW);
    const said = two.getByRole("alert");
    await expect(said).toContainText("36 mo");
    await expect(said).toContainText("30 mo");
    await two.getByRole("button", { name: "用我的" }).click();
    await other.saved();
  });
  await one.reload();
  await expect(draft.cell("36 mo").first()).toBeVisible(SLOW);
});

test("a draft goes out as files and comes back as another", async ({ at }) => {
  const desk = await at("林霞");
  const draft = await DraftPage.begun(desk, "导出再导入", "存档");
  await draft.type("二十四个月", "30 mo");
  await desk.keyboard.press("Enter");
  await draft.saved();
  const coming = desk.waitForEvent("download");
  await desk.getByRole("link", { name: "导出压缩包" }).click();
  const zip = await (await coming).path();
  await desk.goto("/rulebook/drafts");
  await desk.getByRole("button", { name: "新建草稿" }).click();
  await desk.getByLabel("名称").fill("导入的草稿");
  await desk.getByLabel("事由").fill("由文件改来");
  await desk.getByLabel(/制度包压缩包/).setInputFiles(zip);
  await desk.getByRole("button", { name: "导入为草稿" }).click();
  await expect(desk.getByText(/期限由 24个月 改为 30个月/)).toBeVisible(SLOW);
});

test("a draft left behind is rebased, and open cases move by name", async ({ at }) => {
  const [desk, office] = [await at("林霞"), await at("郭强")];
  const first = await DraftPage.begun(desk, "先发布的", "例会");
  await message(first, "请尽快答复");
  const behind = await DraftPage.begun(desk, "落后的", "例会");
  await message(behind, "请速答复");
  const left = desk.url();
  await published(first, desk, office);
  await test.step("the same place is decided by a person", async () => {
    await desk.goto(left);
    await desk.getByRole("button", { name: "合入最新版本" }).click(SLOW);
    const conflicts = desk.getByRole("region", { name: "合入最新版本" });
    await expect(conflicts).toContainText("请尽快答复", SLOW);
    await expect(conflicts).toContainText("请速答复");
    for (const choice of await conflicts.getByRole("radio", { name: "用本草稿的" }).all()) {
      await choice.click();
    }
    await desk.getByRole("button", { name: "按所选合入" }).click();
    await expect(desk.getByRole("region", { name: "合入最新版本" })).toHaveCount(0, SLOW);
  });
  await test.step("open cases are tried and moved", async () => {
    await office.goto("/rulebook?tab=releases");
    await office.getByRole("link", { name: "在办案件换版" }).click(SLOW);
    await office.getByRole("row", { name: /服务工单/ }).getByRole("button").first().click(SLOW);
    await office.getByLabel("名称").fill("例会后统一口径");
    await office.getByLabel("理由").fill("措辞统一");
    await office.getByRole("button", { name: /^试\s*算$/ }).click();
    await expect(office.getByText(/试算:\d+ 件能换/)).toBeVisible(SLOW);
    await office.getByRole("button", { name: /换版 \d+ 件/ }).click();
    await expect(office.getByText(/已换 \d+ 件/)).toBeVisible(SLOW);
  });
});

/** Gives the reminder to answer another title. */
async function message(draft: DraftPage, title: string): Promise<void> {
  const { page } = draft;
  await page.goto(new URL(page.url()).pathname + "?tab=messages&item=reply_overdue");
  const box = page.getByLabel("标题").first();
  await box.fill(title, SLOW);
  await draft.saved();
}

/** Hands a draft in, approves it by another person and publishes it for today. */
async function published(draft: DraftPage, desk: Page, office: Page): Promise<void> {
  await desk.goto("/rulebook/drafts");
  await desk.getByRole("link", { name: "先发布的" }).first().click(SLOW);
  await draft.tab("审核与发布");
  await desk.getByRole("button", { name: "提交审核" }).click(SLOW);
  await expect(desk.getByText("审核中").first()).toBeVisible(SLOW);
  await office.goto(new URL(desk.url()).pathname + "?tab=review");
  await office.getByRole("button", { name: /^批\s*准$/ }).click(SLOW);
  await office.getByRole("button", { name: /^今\s*天$/ }).click(SLOW);
  await office.getByRole("button", { name: /^发\s*布$/ }).click(SLOW);
  await expect(office.getByText(/\d{4}-\d\d-\d\d 起施行/).first()).toBeVisible(SLOW);
}
