import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { translate } from "@/shared/i18n";
import { en } from "@/shared/i18n/en";
import { zh } from "@/shared/i18n/zh";

const han = /[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]/;

function flat(of: object): Map<string, string> {
  const out = new Map<string, string>();
  for (const [section, sentences] of Object.entries(of)) {
    for (const [key, sentence] of Object.entries(sentences as Record<string, string>)) {
      out.set(`${section}.${key}`, sentence);
    }
  }
  return out;
}

const chinese = flat(zh);
const english = flat(en);
const slots = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort();

describe("the dictionaries", () => {
  test("hold the same keys", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  test("have no Chinese in English and no sentence left untranslated", () => {
    const bad = [...english].filter(
      ([key, sentence]) => han.test(sentence) || sentence === chinese.get(key),
    );
    expect(bad).toEqual([]);
  });

  test("have Chinese in Chinese, and nothing empty", () => {
    // A sentence of slots and marks alone has no words to translate.
    const worded = [...chinese].filter(([, text]) => /\p{L}/u.test(text.replace(/\{\w+\}/g, "")));
    const bad = worded.filter(([, sentence]) => !han.test(sentence));
    expect(bad).toEqual([]);
    expect([...english].filter(([, sentence]) => sentence.trim() === "")).toEqual([]);
  });

  test("fill the same names in both", () => {
    for (const [key, sentence] of chinese) {
      expect([key, slots(english.get(key) ?? "")]).toEqual([key, slots(sentence)]);
    }
  });

  test("fill a sentence", () => {
    expect(translate("en", "words.total", { n: 3 })).toBe("3 in all");
    expect(translate("zh", "words.total", { n: 3 })).toBe("共 3 条");
    expect(translate("en", "stock.moves", { n: 1 })).toBe("1 move");
    expect(translate("en", "stock.moves", { n: 2 })).toBe("2 moves");
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

test("no screen carries Chinese of its own", () => {
  const bad = sources("src")
    .filter((path) => path.endsWith(".tsx") && !path.endsWith(".test.tsx"))
    .filter((path) => {
      const code = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      return han.test(code);
    });
  expect(bad).toEqual([]);
});

test("files stay short enough to read", () => {
  const long = [...sources("src"), ...sources("test")]
    .map((path) => ({ path, lines: readFileSync(path, "utf8").split("\n") }))
    .filter(
      ({ path, lines }) =>
        (path.endsWith(".tsx") && lines.length > 251) || lines.some((line) => line.length > 100),
    )
    .map(({ path }) => path)
    .filter((path) => !path.endsWith("schema.ts"));
  expect(long).toEqual([]);
});
