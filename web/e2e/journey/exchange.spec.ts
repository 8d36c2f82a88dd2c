// Old for new: a label is scanned onto a row of old parts, and counts once.
import type { Page } from "@playwright/test";
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { go } from "../pages/frame.ts";
import { Parts } from "../pages/parts.ts";

test.describe.configure({ mode: "serial" });

const LABEL = "WX202610-0007";
let first = "";

/** The code of a part that lies among the old parts of the storekeeper's station. */
async function lying(store: Page): Promise<string> {
  const answer = await store.request.get("/api/v1/stock?warehouse=CB");
  const { items } = (await answer.json()) as { items: { part: { code: string }; old: number }[] };
  const found = items.find((row) => row.old > 0);
  if (!found) throw new Error("no old part lies at the station");
  return found.part.code;
}

/** Fills the request for one piece of that part with this label. */
async function asks(store: Page, part: string): Promise<CasePage> {
  await go(store, "配件往来");
  await store.getByRole("button", { name: "新建以旧换新" }).click();
  const sheet = new CasePage(store);
  const parts = new Parts(sheet.form, "要换的故障件");
  await parts.scan(part, LABEL);
  expect(await parts.serials(part)).toEqual([LABEL]);
  await parts.row(part).getByLabel("失效原因").fill("使用中失效");
  await sheet.form.pick("索赔类型", "三包维修换下");
  await sheet.submit();
  return sheet;
}

test("the storekeeper asks for a new part for an old one, by its label", async ({ at }) => {
  const store = await at("吴芳");
  await asks(store, await lying(store));
  const opened = await CasePage.opened(store);
  await opened.stands("待协调");
  first = (await opened.number.textContent())?.trim() ?? "";
});

test("a second request for the same label is told of the first", async ({ at }) => {
  const store = await at("吴芳");
  const sheet = await asks(store, await lying(store));
  await expect(sheet.refusal).toContainText(LABEL);
  await expect(sheet.refusal).toContainText(first);
});

test("the sales company coordinates it", async ({ at }) => {
  const sales = await at("马骏");
  await go(sales, "配件往来");
  await sales.getByRole("link", { name: first }).click();
  const sheet = await CasePage.opened(sales);
  const chosen = sheet.form.candidate("协调人", "马骏");
  await chosen.getByRole("button", { name: "派员协调" }).click();
  await sheet.stands("待寄出");
});
