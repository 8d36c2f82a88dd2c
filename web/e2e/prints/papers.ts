// The papers of all packs, filled from their examples: what `sanbao papers` writes.
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** The repository. */
export const root = join(import.meta.dirname, "../../..");

/** A form on one of the papers it may lie on. */
export interface Print {
  /** Its key in the rulebook. */
  form: string;
  /** The paper's key. */
  paper: string;
  /** Its title. */
  title: { zh: string; en: string };
  /** How many copies (联) it has. */
  copies: number;
  /** The page. */
  html: string;
  /** The example that fills it. */
  example: string;
}

interface Form {
  id: string;
  title: { zh: string; en: string };
  copies: number;
}

/** Forms that a pack declares. A pack is read line by line: only what stands here is needed. */
async function declared(pack: string): Promise<Form[]> {
  const path = join(root, "rulebooks", pack, "documents.toml");
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split("[[document]]").slice(1).map((block) => {
    const title = /^title = \{ zh = "(.+?)", en = "(.+?)" \}/m.exec(block);
    const copies = /^copies = \[([^\]]*)/m.exec(block)?.[1] ?? "";
    return {
      id: /^id = "(.+?)"/m.exec(block)?.[1] ?? "",
      title: { zh: title?.[1] ?? "", en: title?.[2] ?? "" },
      copies: Math.max(1, copies.split("zh =").length - 1),
    };
  });
}

/** Packs to fill forms from: what another extends is filled by that one's examples too. */
async function filled(packs: readonly string[]): Promise<string[]> {
  const extended = new Set<string>();
  for (const pack of packs) {
    const text = await readFile(join(root, "rulebooks", pack, "rulebook.toml"), "utf8");
    for (const [, base = ""] of /^extends = (.*)$/m.exec(text)?.[1]?.matchAll(/"(.+?)"/g) ?? []) {
      if ((await declared(pack)).length > 0) extended.add(base);
    }
  }
  return packs.filter((pack) => !extended.has(pack));
}

/** Every form of every pack on each of its papers; those that no example of any pack fills. */
export async function papers(
  binary: string,
  out: string,
): Promise<{ prints: Print[]; lacking: string[] }> {
  const run = promisify(execFile);
  const packs = (await readdir(join(root, "rulebooks"))).sort();
  const forms = new Map<string, Form>();
  const prints = new Map<string, Print>();
  for (const pack of packs) for (const form of await declared(pack)) forms.set(form.id, form);
  for (const pack of await filled(packs)) {
    const folder = join(out, pack);
    const args = ["papers", join(root, "rulebooks", pack), "--out", folder];
    // What the examples of one pack leave out, those of another may print.
    const said = await run(binary, args).catch((error: unknown) => error as { stdout: string });
    for (const line of said.stdout.split("\n").filter(Boolean)) {
      const [name = "", example = ""] = line.split("\t");
      const [id = "", paper = ""] = name.split(".");
      const form = forms.get(id.replace(/-blank$/, ""));
      if (!form) throw new Error(`${name} is a form of no pack`);
      const html = await readFile(join(folder, name), "utf8");
      const known = prints.get(`${id}.${paper}`);
      // The fullest one: whoever builds on a pack may have longer examples.
      if (!known || known.html.length < html.length) {
        const { copies } = form;
        const { zh, en } = form.title;
        const blank = id.endsWith("-blank");
        const title = blank ? { zh: `${zh}(空白)`, en: `${en}, blank` } : form.title;
        prints.set(`${id}.${paper}`, { form: id, paper, title, copies, html, example });
      }
    }
  }
  const made = new Set([...prints.values()].map((print) => print.form));
  const sorted = [...prints.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    prints: sorted.map(([, print]) => print),
    lacking: [...forms.keys()].filter((id) => !made.has(id)),
  };
}
