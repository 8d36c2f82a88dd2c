import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

const LIMIT_KB = 400;
const ASK_KB = 120;
const FIRST_SCREENS = ["features/workbench/pages/Workbench", "features/desk/pages/Desk"];

/** Fails a build whose first working screen, or page for everybody, weighs more than it may. */
export function budget(): Plugin {
  return {
    name: "budget",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((item) => item.type === "chunk");
      const from = (page: string) =>
        chunks.filter((chunk) => chunk.isEntry && chunk.facadeModuleId?.endsWith(page));
      const entry = from("/index.html");
      const ask = weight(closure(from("/ask.html"), bundle));
      this.info(`the page of enquiries: ${ask.toFixed(0)} kB gzip of ${ASK_KB}`);
      if (ask > ASK_KB) this.error(`the page of enquiries weighs ${ask.toFixed(0)} kB`);
      for (const screen of FIRST_SCREENS) {
        const page = chunks.filter((chunk) => chunk.facadeModuleId?.includes(screen));
        const needed = closure([...entry, ...page], bundle);
        const kb = weight(needed);
        const name = screen.split("/").pop();
        this.info(`${name}: ${kb.toFixed(0)} kB gzip of ${LIMIT_KB}`);
        if (kb > LIMIT_KB) this.error(`${name} weighs ${kb.toFixed(0)} kB, over ${LIMIT_KB}`);
      }
    },
  };
}

function weight(chunks: Set<Rollup.OutputChunk>): number {
  return [...chunks].reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0) / 1000;
}

function closure(from: Rollup.OutputChunk[], bundle: Rollup.OutputBundle) {
  const found = new Set<Rollup.OutputChunk>();
  const visit = (chunk: Rollup.OutputChunk) => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) {
      const next = bundle[name];
      if (next?.type === "chunk") visit(next);
    }
  };
  from.forEach(visit);
  return found;
}
