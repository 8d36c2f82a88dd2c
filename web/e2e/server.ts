// The real binary on an empty folder and a free port, started once per worker.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Building the demo data is part of the first start. */
const READY_MS = 120_000;
const STOP_MS = 20_000;

const ROOT = join(import.meta.dirname, "../..");

/** Names the folder of a demo company that is founded already. */
export const SEED = "SANBAO_SEED";

export class Server {
  private constructor(
    readonly address: string,
    readonly data: string,
    private child: ChildProcess | null,
    private said: string[],
  ) {}

  /** One that runs already; who started it stops it. */
  static at(address: string): Server {
    return new Server(address.replace(/\/$/, ""), "", null, []);
  }

  /** Starts `sanbao serve`, on the folder `data` of an earlier start where it is given. */
  static async start(
    options: readonly string[] = ["--demo=day"],
    data?: string,
    listen = "127.0.0.1:0",
  ): Promise<Server> {
    const folder = data ?? (await mkdtemp(join(tmpdir(), "sanbao-e2e-")));
    const seed = process.env[SEED];
    // At another time of the clock it is another company.
    const founded = seed && !data && options.includes("--demo=day") && !options.includes("--at");
    if (founded) await cp(seed, folder, { recursive: true, preserveTimestamps: true });
    const { child, address, said } = await spawned(folder, listen, options);
    return new Server(address, folder, child, said);
  }

  /** The demo company with a pack of `e2e/packs` in force from today, beside its standard. */
  static async ruledBy(pack: string): Promise<Server> {
    const first = await Server.start(["--demo=day"]);
    const code = await first.stop();
    if (code !== 0) throw new Error(`it ended with ${code}:\n${first.log()}`);
    const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
    const packs = ["rulebooks/law-cn", "rulebooks/ebike-maker", `web/e2e/packs/${pack}`];
    const dirs = packs.map((dir) => join(ROOT, dir));
    const words = ["publish", ...dirs, "--data", first.data, "--effective", today];
    execFileSync(process.env["SANBAO_BIN"] ?? "sanbao", words, { stdio: "pipe" });
    return Server.start(["--demo=day"], first.data);
  }

  /**
   * Stops it and starts it on the same data at the same address with these options: windows that
   * are open go on. So a test moves the clock, by `--at`.
   */
  async again(options: readonly string[]): Promise<void> {
    const code = await this.stop();
    if (code !== 0) throw new Error(`it ended with ${code}:\n${this.log()}`);
    const { child, said } = await spawned(this.data, new URL(this.address).host, options);
    [this.child, this.said] = [child, said];
  }

  /** What it has printed so far. */
  log(): string {
    return said(this.said);
  }

  /** Asks it to stop as an operator would; its exit code. */
  async stop(): Promise<number | null> {
    const { child } = this;
    if (!child) return 0;
    const ended = new Promise<number | null>((resolve) => {
      if (child.exitCode !== null) resolve(child.exitCode);
      child.once("exit", resolve);
    });
    child.kill("SIGTERM");
    const killer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    const code = await ended;
    clearTimeout(killer);
    return code;
  }

  /** Forgets the data. */
  async forget(): Promise<void> {
    await rm(this.data, { recursive: true, force: true });
  }
}

async function spawned(data: string, listen: string, options: readonly string[]) {
  const binary = process.env["SANBAO_BIN"];
  if (!binary) throw new Error("SANBAO_BIN names no binary; run the tests by `make test`");
  const words = ["serve", ...options, "--data", data, "--listen", listen];
  const child = spawn(binary, words, { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  return { child, said, address: await listening(child, said) };
}

function said(lines: readonly string[]): string {
  return lines.join("");
}

function listening(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`not ready after ${READY_MS} ms:\n${said(lines)}`));
    }, READY_MS);
    const hear = (chunk: Buffer) => {
      lines.push(chunk.toString());
      const match = /listening on (http:\/\/[^\s]+)/.exec(said(lines));
      if (!match?.[1]) return;
      clearTimeout(late);
      resolve(match[1].replace(/\/$/, ""));
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`ended with ${code} before it listened:\n${said(lines)}`));
    });
  });
}
