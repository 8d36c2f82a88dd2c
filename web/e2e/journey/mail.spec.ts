// A letter comes in as the mail server hands it over, stands in the queue with its photo, and is
// answered by letter; the answer to that stands in the same thread. By the real binary.
import { spawn } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { picture } from "../pages/picture.ts";
import { Server } from "../server.ts";

/** A mail server that takes every letter. */
async function post(letters: string[]): Promise<number> {
  const server = createServer((socket) => {
    let body: string | null = null;
    socket.write("220 here\r\n");
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      if (body !== null) {
        body += chunk;
        if (!body.endsWith("\r\n.\r\n")) return;
        letters.push(body);
        body = null;
        socket.write("250 queued\r\n");
      } else if (chunk.startsWith("DATA")) {
        body = "";
        socket.write("354 go on\r\n");
      } else socket.write(chunk.startsWith("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
    });
    socket.on("error", () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  server.unref();
  return (server.address() as AddressInfo).port;
}

/** Hands a letter over as a mail server does; the exit code and what was said. */
async function handed(to: string, word: string, letter: string, recipient: string) {
  const words = ["mail-in", "--to", to, "--word-file", word, "--recipient", recipient];
  const child = spawn(process.env["SANBAO_BIN"] ?? "", words);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: Buffer) => (said += part.toString()));
  }
  child.stdin.end(letter);
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, said };
}

type Photo = ReturnType<typeof picture>;

function letter(n: number, subject: string, text: string, photo?: Photo): string {
  const head = [
    "From: =?utf-8?B?546L5bCP5piO?= <wang.xm@example.com>",
    "To: kefu@example.cn",
    `Subject: =?utf-8?B?${Buffer.from(subject).toString("base64")}?=`,
    `Message-ID: <${n}@example.com>`,
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=b",
  ];
  const said = ["", "--b", "Content-Type: text/plain; charset=utf-8", "", text];
  const shot = ["--b", `Content-Type: ${photo?.mimeType}`, "Content-Transfer-Encoding: base64", ""];
  const parts = photo ? [...shot, photo.buffer.toString("base64")] : [];
  return [...head, ...said, ...parts, "--b--", ""].join("\r\n");
}

async function signIn(page: Page) {
  await page.goto("/");
  await page.getByLabel("账号", { exact: true }).fill("xulei");
  await page.getByLabel("密码", { exact: true }).fill("demo1234");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByLabel("密码", { exact: true })).toBeHidden();
}

test("a letter stands in the queue and is answered by letter", async ({ browser }) => {
  const letters: string[] = [];
  const port = await post(letters);
  const folder = await mkdtemp(join(tmpdir(), "sanbao-mail-"));
  const [channels, word] = [join(folder, "channels.toml"), join(folder, "mail-in.word")];
  await writeFile(word, "0123456789abcdefghij\n");
  await writeFile(
    channels,
    `[smtp]\nhost = "127.0.0.1"\nport = ${port}\nsecurity = "none"\n` +
      'from = "瑞风售后 <service@example.cn>"\n' +
      '[mail_in]\naddress = "kefu@example.cn"\nword_file = "mail-in.word"\n',
  );
  const server = await Server.start(["--demo=day", "--channels", channels]);
  try {
    const photo = picture(1);
    const first = letter(1, "后轮漏油", "您好,后轮漏油,见照片。", photo);
    const taken = await handed(server.address, word, first, "kefu@example.cn");
    expect(taken, taken.said).toMatchObject({ code: 0 });
    expect(taken.said).toContain("opened");
    // What cannot be read goes back, what may be mended here is kept there.
    const away = "http://127.0.0.1:9";
    expect((await handed(server.address, word, "no head", "x")).code).toBe(65);
    expect((await handed(away, word, first, "kefu@example.cn")).code).toBe(75);
    expect((await handed(server.address, `${word}.gone`, first, "x")).code).toBe(75);

    const context = await browser.newContext({ baseURL: server.address, locale: "zh-CN" });
    const page = await context.newPage();
    await signIn(page);
    await page.goto("/enquiries");
    await page.getByRole("button", { name: /后轮漏油/ }).click();
    const thread = page.getByRole("region", { name: "往来" });
    await expect(thread.getByText("w***@example.com").first()).toBeVisible();
    await expect(thread.getByRole("img", { name: "照片" })).toBeVisible();
    await page.screenshot({ path: "test-results/mail-zh-1440.png", fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: "test-results/mail-zh-390.png", fullPage: true });
    await page.setViewportSize({ width: 1440, height: 900 });
    await thread.getByLabel("答复", { exact: true }).fill("请来店,免费检查。");
    await page.keyboard.press("Control+Enter");
    await expect(thread.getByText("已答复")).toBeVisible();
    await expect.poll(() => letters.length, { timeout: 30_000 }).toBe(1);
    const way = /^Reply-To: (.*)\r$/m.exec(letters[0] ?? "")?.[1] ?? "";
    expect(way).toMatch(/^kefu\+[a-z2-7]{32}@example\.cn$/);
    expect(letters[0]).toContain("In-Reply-To: <1@example.com>");
    await writeFile("test-results/mail-answer.eml", letters[0] ?? "");

    const next = letter(2, "Re: 后轮漏油", "周六上午可以吗?\r\n\r\n在 2026年11月20日,瑞风售后 写道:\r\n> 请来店");
    expect((await handed(server.address, word, next, way)).said).toContain("written");
    await expect(thread.getByText("周六上午可以吗?", { exact: true })).toBeVisible();
    await page.evaluate(() => localStorage.setItem("sanbao.language", "en"));
    await page.reload();
    await page.screenshot({ path: "test-results/mail-en-1440.png", fullPage: true });
    await context.close();
  } finally {
    await server.stop();
    await server.forget();
  }
});
