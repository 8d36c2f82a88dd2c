// A lost warranty card is replaced at the counter, and a paper of a power cut is entered late and
// checked by the head of the station.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";

interface Vehicle {
  frame_no: string;
  card_no: string | null;
}

test("a lost card is replaced, and the old one leads to the vehicle as void", async ({
  page,
  company,
}) => {
  await company.signIn(await company.account("服务顾问"));
  const id = await company.someUnit();
  const answer = await page.context().request.get(`/api/v1/units/${id}`);
  const unit = (await answer.json()) as Vehicle;
  await page.goto(`/unit/${id}`);
  await page.getByRole("button", { name: "更多" }).click();
  await page.getByRole("menuitem", { name: "补发保修卡" }).click();
  const sheet = new CasePage(page);
  await sheet.form.type("车上读到的车架号", unit.frame_no);
  await sheet.form.pick("为什么补发", "遗失");
  await sheet.form.pick("车主证件", "居民身份证");
  await sheet.form.type("证件末四位", "123X");
  await sheet.form.type("新保修卡号", "BXK-BF-0001");
  await sheet.submit();
  const opened = await CasePage.opened(page);
  await opened.stands("已补发");
  const paper = await opened.paper("保修卡");
  await expect(paper.getByText("BXK-BF-0001").first()).toBeVisible();
  await page.goto(`/unit/${id}`);
  await expect(page.getByText("BXK-BF-0001").first()).toBeVisible();
  await expect(page.getByText(unit.card_no ?? "").first(), "the void card is told").toBeVisible();
});

test("a paper without a case is entered late and accepted by another person", async ({
  page,
  company,
}) => {
  await company.signIn(await company.account("服务顾问"));
  await page.goto("/open/late_entry");
  const sheet = new CasePage(page);
  await sheet.form.type("纸单编号", "ZD-0007");
  await sheet.form.type("纸单上记的事", "停电时收了旧电池一块");
  await sheet.form.type("为什么补录", "停电");
  await sheet.form.type("实际发生时间", "2026-11-20 10:00");
  await sheet.submit();
  const opened = await CasePage.opened(page);
  await opened.stands("待核对");
  const address = page.url();

  await company.signIn(await company.account("站长"));
  await page.goto(address);
  await opened.offers("核对无误");
  await opened.form.check("逐项核对");
  await opened.form.pick("日期影响三包期", "否");
  await opened.submit();
  await opened.stands("已核对");
});
