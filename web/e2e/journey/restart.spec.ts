import { type APIRequestContext, expect, test } from "@playwright/test";
import { Company } from "../app.ts";
import { Server } from "../server.ts";

async function caseNumbers(request: APIRequestContext, server: Server): Promise<string[]> {
  const answer = await request.get(`${server.address}/api/v1/cases?limit=100`);
  expect(answer.ok(), await answer.text()).toBe(true);
  const page = (await answer.json()) as { items: { number: string }[] };
  return page.items.map((row) => row.number).sort();
}

test("the server stops when asked, and a second start keeps the data", async ({ playwright }) => {
  const first = await Server.start(["--demo=day"]);
  const before = await playwright.request.newContext({ baseURL: first.address });
  const company = new Company(before);
  const account = await company.account("服务顾问");
  await company.signIn(account);
  const numbers = await caseNumbers(before, first);
  expect(numbers.length, "the demo has cases").toBeGreaterThan(0);
  expect(await first.stop(), first.log()).toBe(0);

  const second = await Server.start([], first.data);
  try {
    const after = await playwright.request.newContext({ baseURL: second.address });
    await new Company(after).signIn(account);
    expect(await caseNumbers(after, second)).toEqual(numbers);
  } finally {
    expect(await second.stop(), second.log()).toBe(0);
    await second.forget();
  }
});
