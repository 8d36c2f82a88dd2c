// What every browser test starts from: a served demo company, and people who sign in to it.
import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { signIn } from "./pages/frame.ts";
import { Server } from "./server.ts";

/** One account of the demo company, as `GET /demo/accounts` lists it. */
export interface Account {
  login: string;
  password: string;
  name: string;
  role: { zh: string; en: string };
  org: string;
}

interface CaseRow {
  id: string;
  unit: { id: string } | null;
}

interface Shelf {
  part: { code: string };
  on_hand: number;
}

/** The demo company over HTTP: for setting up and for looking behind the screen, no step of it. */
export class Company {
  constructor(private readonly request: APIRequestContext) {}

  async accounts(): Promise<Account[]> {
    const answer = await this.request.get("/api/v1/door");
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { accounts: Account[] }).accounts;
  }

  /** The account of the person with this name. */
  async named(name: string): Promise<Account> {
    const found = (await this.accounts()).find((account) => account.name === name);
    if (!found) throw new Error(`the demo knows nobody of the name ${name}`);
    return found;
  }

  /** The account whose role has this Chinese name. */
  async account(role: string): Promise<Account> {
    const accounts = await this.accounts();
    const found = accounts.find((account) => account.role.zh === role);
    if (!found) {
      const known = accounts.map((account) => account.role.zh).join("、");
      throw new Error(`no demo account is a ${role}; there are ${known}`);
    }
    return found;
  }

  /** Signs the browser context in without its screen. */
  async signIn(account: Account): Promise<void> {
    const { login, password } = account;
    const headers = { "X-Sanbao": "1" };
    const data = { login, password };
    const answer = await this.request.post("/api/v1/session", { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** The check of everything that was ever written; for an administrator. */
  async verify(): Promise<{ ok: boolean; problems: string[] }> {
    const answer = await this.request.get("/api/v1/verify");
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { ok: boolean; problems: string[] };
  }

  /** Somebody whom the signed-in person manages. */
  async someColleague(): Promise<string> {
    const answer = await this.request.get("/api/v1/people");
    expect(answer.ok(), await answer.text()).toBe(true);
    const page = (await answer.json()) as { items: { id: string; manageable: boolean }[] };
    const found = page.items.find((row) => row.manageable);
    if (!found) throw new Error("the demo has nobody whom this person manages");
    return found.id;
  }

  /** The vehicle of an open repair order. */
  async someUnit(): Promise<string> {
    const row = (await this.cases()).find((found) => found.unit);
    if (!row?.unit) throw new Error("the demo has no case about a vehicle");
    return row.unit.id;
  }

  /** The owner of that vehicle. */
  async someCustomer(): Promise<string> {
    const answer = await this.request.get(`/api/v1/units/${await this.someUnit()}`);
    expect(answer.ok(), await answer.text()).toBe(true);
    const { owner } = (await answer.json()) as { owner: { id: string } | null };
    if (!owner) throw new Error("nobody owns the vehicle");
    return owner.id;
  }

  /** One person on two files: a number that called without a name for one of them. */
  async isTwice(): Promise<[string, string]> {
    const headers = { "X-Sanbao": "1" };
    const file = async (phone: string, address: string) => {
      const data = { name: "诸葛瑾", phone, address, consent: true };
      const made = await this.request.post("/api/v1/customers", { data, headers });
      expect(made.ok(), await made.text()).toBe(true);
      return ((await made.json()) as { id: string }).id;
    };
    const one = await file("13977001001", "江城区解放路18号3栋2单元");
    const two = await file("13977001002", "江城区解放路18号3栋");
    const proof = { means: "officer", reason: "来电核对" };
    const data = { phone: "13977001001", proof };
    const path = `/api/v1/customers/${two}/corrections`;
    const put = await this.request.post(path, { data, headers });
    expect(put.ok(), await put.text()).toBe(true);
    return [one, two];
  }

  /** Asks for the erasure of a customer's data; the signed-in person may. */
  async asksErasure(customer: string): Promise<void> {
    const headers = { "X-Sanbao": "1" };
    const data = { ground: "asked" };
    const path = `/api/v1/customers/${customer}/erasure`;
    const answer = await this.request.post(path, { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** An open repair order. */
  async someCase(): Promise<string> {
    const [row] = await this.cases();
    if (!row) throw new Error("the demo has no open repair order");
    return row.id;
  }

  /** Opens a case of a process with its form filled in; the signed-in person may. */
  async opens(process: string, form: Record<string, unknown>): Promise<void> {
    const headers = { "X-Sanbao": "1" };
    const answer = await this.request.post("/api/v1/cases", { data: { process, form }, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** Somebody without an account asks; the word of the link that leads back. */
  async asks(message: string): Promise<string> {
    const headers = { "X-Sanbao": "1" };
    const data = { kind: "consultation", message, agreed: true };
    const answer = await this.request.post("/api/v1/ask", { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { word: string }).word;
  }

  /** The machine of the signed-in manager becomes a counter that they may step up to. */
  async becomesCounter(): Promise<void> {
    const headers = { "X-Sanbao": "1" };
    const pin = { password: "demo1234", pin: "4927" };
    const set = await this.request.put("/api/v1/me/pin", { data: pin, headers });
    expect(set.ok(), await set.text()).toBe(true);
    const data = { name: "前台一号机", idle_seconds: 120, per_act: true };
    const answer = await this.request.post("/api/v1/counters", { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  /** Pieces of a part on the shelf of the signed-in person's station. */
  async onShelf(code: string): Promise<number> {
    const answer = await this.request.get("/api/v1/stock?limit=200");
    expect(answer.ok(), await answer.text()).toBe(true);
    const { items } = (await answer.json()) as { items: Shelf[] };
    return items.find((row) => row.part.code === code)?.on_hand ?? 0;
  }

  /** The organisation unit of a code. */
  async unit(code: string): Promise<string> {
    const answer = await this.request.get("/api/v1/orgs");
    expect(answer.ok(), await answer.text()).toBe(true);
    const { items } = (await answer.json()) as { items: { id: string; code: string }[] };
    const found = items.find((row) => row.code === code);
    if (!found) throw new Error(`no unit has the code ${code}`);
    return found.id;
  }

  /** A battery the station has received; the signed-in person is its storekeeper. */
  async someSerial(): Promise<string> {
    const serial = "LD26112001";
    const rows = [
      { part: "BAT-48-20", quantity: 2, serials: [serial, "LD26112002"] },
      { part: "TUB-16", quantity: 24 },
    ];
    const form = { supplier: "LD-POWER", received: rows };
    const headers = { "X-Sanbao": "1", "Idempotency-Key": "screens" };
    const data = { process: "stock_receipt", form };
    const answer = await this.request.post("/api/v1/cases", { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    return serial;
  }

  /** A draft of the standard; the signed-in person may edit it. */
  async someDraft(): Promise<string> {
    const known = await this.request.get("/api/v1/rulebook/drafts");
    expect(known.ok(), await known.text()).toBe(true);
    const [first] = ((await known.json()) as { items: { id: string }[] }).items;
    if (first) return first.id;
    const data = { title: "锂电池三包期延长", reason: "售后例会决定" };
    const headers = { "X-Sanbao": "1" };
    const answer = await this.request.post("/api/v1/rulebook/drafts", { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { id: string }).id;
  }

  /** A draft that was replayed over the past. */
  async someReplay(): Promise<string> {
    const draft = await this.someDraft();
    const path = `/api/v1/rulebook/drafts/${draft}/replay`;
    const state = async () => {
      const answer = await this.request.get(path);
      expect(answer.ok(), await answer.text()).toBe(true);
      return ((await answer.json()) as { state: string }).state;
    };
    if ((await state()) === "none") {
      const headers = { "X-Sanbao": "1" };
      const answer = await this.request.post(path, { data: {}, headers });
      expect(answer.ok(), await answer.text()).toBe(true);
    }
    await expect.poll(state, { timeout: 60_000 }).toBe("done");
    return draft;
  }

  private async cases(): Promise<CaseRow[]> {
    const answer = await this.request.get("/api/v1/cases?area=repair&open=true&limit=20");
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { items: CaseRow[] }).items;
  }
}

interface Fixtures {
  company: Company;
  /** The window of a person: signed in by the form the first time, as they left it after. */
  at: (name: string) => Promise<Page>;
  /** Fails the test when the page breaks or logs an error. */
  quiet: void;
}

interface Shared {
  server: Server;
  /** Which company: a file that changes what others count on takes one of its own by `test.use`. */
  world: string;
}

export const test = base.extend<Fixtures, Shared>({
  world: ["shared", { option: true, scope: "worker" }],
  server: [
    async ({ world }, use) => {
      const running = process.env["SANBAO_AT"];
      if (running) return use(Server.at(running));
      const server = await Server.start();
      await use(server);
      expect(await server.stop(), `${world} stops cleanly:\n${server.log()}`).toBe(0);
      await server.forget();
    },
    { scope: "worker", timeout: 150_000 },
  ],
  baseURL: async ({ server }, use) => use(server.address),
  company: async ({ context }, use) => use(new Company(context.request)),
  at: async ({ browser, company }, use) => {
    const windows = new Map<string, Page>();
    const broken: string[] = [];
    await use(async (name) => {
      const known = windows.get(name);
      if (known) return known;
      const page = await browser.newPage();
      watch(page, broken);
      await signIn(page, await company.named(name));
      windows.set(name, page);
      return page;
    });
    for (const page of windows.values()) await page.close();
    expect(broken, "a page broke").toEqual([]);
  },
  quiet: [
    async ({ page }, use) => {
      const broken: string[] = [];
      watch(page, broken);
      await use();
      expect(broken, "the page broke").toEqual([]);
    },
    { auto: true },
  ],
});

function watch(page: Page, broken: string[]): void {
  page.on("pageerror", (error) => broken.push(error.stack ?? String(error)));
  page.on("console", (message) => {
    // A refusal is an answer with a status of 4xx, which Chromium logs; so it does when the test
    // itself looks into a paper, whose frame runs no scripts. The rest is a defect.
    const expected = /^(Failed to load resource|Blocked script execution in)/.test(message.text());
    if (message.type() === "error" && !expected) broken.push(message.text());
  });
}

export { expect };
