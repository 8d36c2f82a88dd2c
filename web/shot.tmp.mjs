import { chromium } from "@playwright/test";
const base = "http://localhost:7912";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
async function as(login, lang, width) {
  const ctx = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: { width, height: 900 } });
  const r = await ctx.request.post(base + "/api/v1/session", { data: { login, password: "demo1234" }, headers: { "X-Sanbao": "1" } });
  if (!r.ok()) throw new Error(await r.text());
  const page = await ctx.newPage();
  page.on("pageerror", (e) => console.log("PAGEERROR", e.message));
  page.on("console", (m) => m.type() === "error" && console.log("CONSOLE", m.text()));
  await page.addInitScript((l) => localStorage.setItem("sanbao.language", JSON.stringify(l)), lang);
  return { ctx, page };
}
const shots = process.argv.slice(2);
for (const s of shots) {
  const [login, lang, width, path, out, ...acts] = s.split("|");
  const { ctx, page } = await as(login, lang, Number(width));
  await page.goto(base + path);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  for (const act of acts) { await eval(`(async()=>{${act}})()`); await page.waitForTimeout(400); }
  console.log(out, await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]));
  await page.screenshot({ path: `/tmp/certs_data/${out}.png`, fullPage: true });
  await ctx.close();
}
await browser.close();
