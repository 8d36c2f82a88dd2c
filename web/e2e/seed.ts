// The demo company is founded once for all workers: founding it takes as long as a journey. Each
// server then starts on a copy of its folder.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SEED, Server } from "./server.ts";

/** Founds it, and forgets it when every test has ended. */
export default async function found(): Promise<(() => Promise<void>) | undefined> {
  // A server that runs already has its own company.
  if (process.env["SANBAO_AT"]) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "sanbao-seed-"));
  const server = await Server.start(["--demo=day"], folder);
  if ((await server.stop()) !== 0) throw new Error(`the demo was not founded:\n${server.log()}`);
  process.env[SEED] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
