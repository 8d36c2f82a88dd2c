import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

const LIMIT_KB = 400;
const FIRST_SCREENS = ["features/workbench/pages/Workbench", "features/desk/pages/Desk"];

/** Fails a build whose first working screen weighs more than the house allows. */
export function budget(): Plugin {
  return {
    name: "budget",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((item) => item.type === "chunk");
      const entry = chunks.filter((chunk) => chunk.isEntry);
      for (const screen of FIRST_SCREENS) {
        const page = chunks.filter((chunk) => chunk.facadeModuleId?.includes(screen));
        const needed = closure([...entry, ...page], bundle);
        const kb = [...needed].reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0) / 1000;
        const name = screen.split("/").pop();
        this.info(`${name}: ${kb.toFixed(0)} kB gzip of ${LIMIT_KB}`);
        if (kb > LIMIT_KB) this.error(`${name} weighs ${kb.toFixed(0)} kB, over ${LIMIT_KB}`);
      }
    },
  };
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
