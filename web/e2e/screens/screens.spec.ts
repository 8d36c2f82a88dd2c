// Draws every screen in two sizes and two languages, and refuses one that is wider than its window,
// cuts its own words off, or keeps somebody out who cannot see it well, by day or by night.
// `make screens` keeps the pictures in docs/screens.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { type Company, expect, test } from "../app.ts";
import { barriers } from "../pages/axe.ts";
import { withPalette } from "../pages/palette.ts";

/** Where pictures are kept; none are taken without it. */
const FOLDER = process.env["SANBAO_SCREENS"];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const LANGUAGES = ["zh", "en"] as const;
/** The standard's whole text is many thousand pixels long; its head shows the look. */
const HIGHEST = 2600;

interface Screen {
  name: string;
  /** Who looks at it: a role's Chinese name; nobody is signed in without one. */
  role?: string;
  path: (company: Company) => Promise<string>;
}

/** A page may need a moment to lay itself out for another window. */
const softly = expect.configure({ soft: true, timeout: 3_000 });

const at = (path: string) => () => Promise.resolve(path);

const screens: readonly Screen[] = [
  { name: "signin", path: at("/") },
  { name: "ask", path: at("/ask?v=LRF6A20250305821") },
  { name: "asked", path: async (c) => `/q/${await c.asks("冬天续航只有一半,正常吗?")}` },
  { name: "wechat", path: at("/w?action=confirm") },
  { name: "arrived", path: at("/arrived?state=x&code=y") },
  { name: "workbench", role: "服务顾问", path: at("/") },
  { name: "desk", role: "服务顾问", path: at("/desk") },
  { name: "unit", role: "服务顾问", path: async (c) => `/unit/${await c.someUnit()}` },
  {
    name: "customer",
    role: "售后服务部经理",
    path: async (c) => `/customer/${await c.someCustomer()}`,
  },
  {
    name: "erasures",
    role: "售后服务部经理",
    path: async (c) => c.asksErasure(await c.someCustomer()).then(() => "/erasures"),
  },
  {
    name: "duplicates",
    role: "售后服务部经理",
    path: (c) => c.isTwice().then(() => "/duplicates"),
  },
  {
    name: "merge",
    role: "售后服务部经理",
    path: async (c) => `/customer/${(await c.isTwice()).join("/merge/")}`,
  },
  { name: "case", role: "服务顾问", path: async (c) => `/case/${await c.someCase()}` },
  { name: "cases", role: "服务顾问", path: at("/cases/repair") },
  { name: "returns", role: "销售公司经办人", path: at("/cases/warranty") },
  { name: "parts-exchange", role: "库管员", path: at("/cases/parts") },
  { name: "campaigns", role: "质检部", path: at("/campaigns") },
  { name: "campaign-open", role: "质检部", path: at("/open/campaign") },
  { name: "batches", role: "质检部", path: at("/quality?of=component:li_battery") },
  { name: "outlets", role: "质检部", path: at("/quality?tab=outlets") },
  { name: "quality", role: "售后服务部", path: at("/cases/quality") },
  { name: "claims", role: "售后服务部", path: at("/cases/claims") },
  { name: "assessment", role: "售后服务部", path: at("/cases/assessment") },
  { name: "claims-review", role: "售后服务部", path: at("/review") },
  { name: "hazards", role: "质检部", path: at("/cases/safety") },
  { name: "imports", role: "售后服务部", path: at("/imports?kind=customers") },
  { name: "knowledge", role: "售后服务部", path: at("/knowledge?edit=new") },
  { name: "hotline", role: "接线员", path: at("/hotline?from=13999990000") },
  {
    name: "enquiries",
    role: "接线员",
    path: (c) => c.asks("冬天续航只有一半,正常吗?").then(() => "/enquiries"),
  },
  { name: "duty", role: "售后服务部经理", path: at("/duty") },
  { name: "cashier", role: "服务顾问", path: at("/cashier") },
  { name: "day-close", role: "服务顾问", path: at("/open/cashier_close") },
  { name: "deliveries", role: "站长", path: at("/deliveries") },
  { name: "technician", role: "技师", path: at("/") },
  { name: "rulebook", role: "站长", path: at("/rulebook") },
  { name: "rights", role: "站长", path: at("/rulebook?tab=rights") },
  { name: "drafts", role: "售后服务部", path: (c) => c.someDraft().then(() => "/rulebook/drafts") },
  {
    name: "draft-table",
    role: "售后服务部",
    path: async (c) => `/rulebook/drafts/${await c.someDraft()}?tab=tables&item=coverage`,
  },
  {
    name: "draft-deadline",
    role: "售后服务部",
    path: async (c) =>
      `/rulebook/drafts/${await c.someDraft()}?tab=deadlines&item=on_site_commission/dispatch_24h`,
  },
  {
    name: "draft-review",
    role: "售后服务部",
    path: async (c) => `/rulebook/drafts/${await c.someDraft()}?tab=review`,
  },
  {
    name: "draft-replay",
    role: "售后服务部",
    path: async (c) => `/rulebook/drafts/${await c.someReplay()}?tab=replay&by=parts`,
  },
  { name: "migrations", role: "售后服务部经理", path: at("/rulebook/migrations") },
  { name: "messages", role: "站长", path: at("/messages") },
  { name: "process", role: "站长", path: at("/rulebook?tab=processes&process=repair_order") },
  { name: "stock", role: "库管员", path: (c) => c.someSerial().then(() => "/stock") },
  { name: "receive", role: "库管员", path: at("/open/stock_receipt") },
  { name: "serial", role: "库管员", path: async (c) => `/serials?no=${await c.someSerial()}` },
  { name: "accounts", role: "售后服务部经理", path: at("/accounts") },
  { name: "parts", role: "库管员", path: at("/parts") },
  { name: "prices", role: "财务部", path: at("/prices?kind=part") },
  { name: "price", role: "财务部", path: at("/prices/BAT-48-20") },
  { name: "scorecards", role: "售后服务部经理", path: at("/scorecards?card=station_year") },
  { name: "scorecard", role: "站长", path: at("/scorecards?card=station_year") },
  { name: "stars", role: "站长", path: at("/scorecards?card=station_stars") },
  { name: "figures", role: "站长", path: at("/figures?period=year") },
  { name: "figure-cases", role: "站长", path: at("/figures/vehicles_in?period=year") },
  { name: "people", role: "站长", path: at("/people") },
  { name: "person", role: "站长", path: async (c) => `/people/${await c.someColleague()}` },
  { name: "webhooks", role: "管理员", path: at("/webhooks") },
  { name: "counters", role: "站长", path: at("/counters") },
  { name: "counter-lock", role: "站长", path: async (c) => c.becomesCounter().then(() => "/") },
  { name: "me", role: "站长", path: at("/me") },
  { name: "blanks", role: "站长", path: at("/blanks") },
  { name: "printing", role: "站长", path: at("/printing") },
  { name: "new-person", role: "站长", path: at("/people/new") },
  { name: "units", role: "管理员", path: at("/units") },
  { name: "customers", role: "服务顾问", path: at("/customers") },
  { name: "vehicles", role: "服务顾问", path: at("/vehicles") },
  { name: "certificates", role: "技术培训中心", path: at("/certificates") },
];

for (const screen of screens) {
  test(screen.name, async ({ page, company }) => {
    if (screen.role) await company.signIn(await company.account(screen.role));
    const path = await screen.path(company);
    for (const language of LANGUAGES) {
      await show(page, path, language);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await settled(page);
        const place = `${screen.name} in ${language} at ${size.width} px`;
        const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
        await softly.poll(wide, `${place} fits its window`).toBe(size.width);
        expect.soft(await page.evaluate(cutWords), `${place} shows its words whole`).toEqual([]);
        await wholePage(page, size);
        if (FOLDER) await keep(page, join(FOLDER, `${screen.name}-${size.width}-${language}.png`));
        if (language === "zh") {
          expect.soft(await barriers(page), `${place} keeps nobody out`).toEqual([]);
        }
      }
    }
    await page.evaluate(byNight);
    await expect(page.locator(':root[data-theme="dark"]')).toHaveCount(1);
    expect.soft(await barriers(page), `${screen.name} keeps nobody out by night`).toEqual([]);
  });
}

/** A window as high as the page: a bar that sticks to its foot stays there. */
async function wholePage(page: Page, size: { width: number; height: number }): Promise<void> {
  const high = await page.evaluate(() => document.documentElement.scrollHeight);
  const height = Math.min(Math.max(size.height, high), HIGHEST);
  await page.setViewportSize({ ...size, height });
}

async function keep(page: Page, file: string): Promise<void> {
  const shot = await page.screenshot({ animations: "disabled" });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, withPalette(shot));
}

/** Words that do not fit the box which hides what sticks out. Runs in the page. */
function cutWords(): string[] {
  const cut: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>("main *, header *, nav *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim());
    const hides = getComputedStyle(element).overflowX !== "visible";
    const hidden = element.clientWidth <= 1;
    if (own && hides && !hidden && element.scrollWidth > element.clientWidth + 1) {
      cut.push(element.textContent?.trim() ?? "");
    }
  }
  return cut;
}

async function show(page: Page, path: string, language: string): Promise<void> {
  // The same key as src/shared/i18n/language.ts keeps it under.
  await page.addInitScript(
    (value) => localStorage.setItem("sanbao.language", JSON.stringify(value)),
    language,
  );
  await page.goto(path);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.locator(".bone, .ant-spin-spinning")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/** Another window chose the dark theme; the same key as in src/shared/theme. Runs in the page. */
function byNight(): void {
  localStorage.setItem("sanbao.theme", '"dark"');
  dispatchEvent(new StorageEvent("storage", { key: "sanbao.theme" }));
}
