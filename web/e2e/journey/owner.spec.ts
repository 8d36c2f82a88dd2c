// A rider sells the bike: both agree in person, the buyer hears what is left, the old card is void;
// then a telephone number is put right, with a document seen.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";

interface Vehicle {
  id: string;
  frame_no: string;
  card_no: string | null;
}

test("a bike changes hands by both parties, and its old card is void", async ({
  page,
  company,
}) => {
  test.slow();
  await company.signIn(await company.account("服务顾问"));
  const id = await company.someUnit();
  const answer = await page.context().request.get(`/api/v1/units/${id}`);
  const unit = (await answer.json()) as Vehicle;
  expect(unit.card_no, "the vehicle has a warranty card").toBeTruthy();

  await page.goto(`/open/ownership_transfer?unit=${id}`);
  const sheet = new CasePage(page);
  await sheet.form.type("车上读到的车架号", unit.frame_no);
  await sheet.form.type("保修卡号", unit.card_no ?? "");
  await sheet.form.field("买方(新车主)").getByRole("textbox").first().fill("司马徽");
  await sheet.form.field("买方(新车主)").getByRole("textbox").last().fill("13977001234");
  // The bike is in for repair: going on needs a word on what the two agreed.
  await expect(sheet.refusal.or(page.getByText("还没有办结的单"))).toBeVisible();
  await page.getByLabel("原因").last().fill("双方约定维修由卖方付清");
  await sheet.submit();
  const opened = await CasePage.opened(page);
  await opened.stands("待双方确认");

  await opened.offers("卖方确认");
  await opened.form.pick("卖方怎样确认", "当面核对证件");
  await opened.form.pick("卖方证件", "居民身份证");
  await opened.form.type("卖方证件末四位", "123X");
  await opened.submit();
  await opened.take("买方确认");
  await opened.form.pick("买方怎样确认", "当面核对证件");
  await opened.form.pick("买方证件", "居民身份证");
  await opened.form.type("买方证件末四位", "4321");
  await opened.submit();
  await opened.stands("待告知");
  await opened.form.check("逐项告知");
  await opened.submit();
  await opened.stands("待签字过户");
  await opened.form.type("新保修卡号", "BXK-GH-0001");
  await opened.form.sign("卖方签字");
  await opened.form.sign("买方签字");
  await opened.submit();
  await opened.stands("已过户");

  await page.goto(`/unit/${id}`);
  await expect(page.getByText("司*徽").first()).toBeVisible();
  await expect(page.getByText("BXK-GH-0001").first()).toBeVisible();
  await expect(page.getByText(unit.card_no ?? "").first(), "the void card is told").toBeVisible();

  await page.getByRole("link", { name: "客户资料" }).click();
  await page.getByRole("button", { name: "更正姓名、电话或住址" }).click();
  await page.getByLabel("正确的手机号").fill("13977005678");
  await page.getByLabel("证件末四位").fill("4321");
  await page.getByRole("button", { name: "更正", exact: true }).click();
  await expect(page.getByText("139****5678").first()).toBeVisible();
});
