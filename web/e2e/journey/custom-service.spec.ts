// A customer with a special need: a station asks for a service of their own, the department agrees
// on another one with a reason, and from then on every case of theirs says so.
import { expect, test } from "../app.ts";
import { CasePage } from "../pages/case.ts";
import { onPhone, picture } from "../pages/story.ts";

test.use({ world: "heed" });

test("what is agreed stands on each case until it ends", async ({ page, company, at }) => {
  await company.signIn(await company.account("服务顾问"));
  const customer = await company.someCustomer();
  const unit = await company.someUnit();
  await page.goto(`/customer/${customer}`);
  await picture(page, "heed-file");
  await page.getByRole("button", { name: "新建定制服务约定" }).click();
  const asked = new CasePage(page);
  await asked.form.type("特殊需求", "左手不便");
  await asked.form.type("希望怎样服务", "上门取送,刹车改到右手");
  await asked.form.type("希望到哪天", ahead(120));
  await picture(page, "heed-ask");
  await onPhone(page, "heed-ask-phone");
  await asked.submit();
  await CasePage.opened(page);
  const number = (await asked.number.textContent()) ?? "";

  const office = await at("林霞");
  await office.goto(new URL(page.url()).pathname);
  const agreed = new CasePage(office);
  await agreed.offers("约定");
  await agreed.form.type("约定的服务", "上门取送;刹车改装先检验");
  await agreed.form.type("理由", "改装要先看是否安全");
  await picture(office, "heed-agree");
  await agreed.submit();
  await agreed.stands("执行中");
  const paper = await agreed.paper("定制服务约定书");
  await expect(paper.getByText("刹车改装先检验").first()).toBeVisible();
  await picture(office, "heed-paper");
  await agreed.putAway();
  await onPhone(office, "heed-case-phone");

  const line = page.locator(".heeded").filter({ hasText: number });
  for (const [name, path] of [
    ["customer", `/customer/${customer}`],
    ["unit", `/unit/${unit}`],
    ["order", `/case/${await company.someCase()}`],
  ] as const) {
    await page.goto(path);
    await expect(line).toContainText("刹车改装先检验");
    await picture(page, `heed-${name}`);
    await onPhone(page, `heed-${name}-phone`);
  }

  await agreed.take("提前结束");
  await agreed.form.type("为什么提前结束", "用户搬到外地");
  await agreed.submit();
  const sure = office.locator(".ant-popconfirm");
  await sure.getByRole("button", { name: "提前结束" }).click();
  await agreed.stands("已结束");
  await page.reload();
  await expect(page.locator(".case-title")).toBeVisible();
  await expect(line).toHaveCount(0);
});

/** A day so many days ahead, as a person writes it. */
function ahead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE");
}
