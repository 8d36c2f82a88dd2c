import { expect, test } from "vitest";
import type { ProcessPage } from "@/api/types";
import { spoken, translate, type Args, type Key, type Language } from "@/shared/i18n";
import { deadlineSentence, namesOf } from "./deadline";
import { fieldName, sampled } from "./fields";

const speech = (lang: Language) => ({
  lang,
  t: (key: Key, args?: Args) => translate(lang, key, args),
  say: (text: Parameters<typeof spoken>[1]) => spoken(lang, text),
});
const facts = new Map([
  ["data.meeting_by", { zh: "召开期限", en: "Held by" }],
  ["data.holder", { zh: "持证人", en: "Holder" }],
]);
const title = { zh: "召开", en: "Hold" };
const page = {
  process: { start: { id: "open", title }, state: [], action: [{ id: "hold", title }] },
  roles: { manager: { zh: "经理", en: "Manager" } },
} as unknown as ProcessPage;

test("a deadline names fields and people, not their keys", () => {
  const keys = {
    starts: ["action open"],
    until: "data.meeting_by + 24 h",
    stops: ["action hold"],
    warn: [{ before: "7 d", to: ["@data.holder", "above:manager"] }],
  };
  const check = (lang: Language, ...parts: string[]) => {
    const words = speech(lang);
    const said = deadlineSentence(keys, namesOf(page, [], keys, facts, words), words);
    for (const part of parts) expect(said).toContain(part);
    expect(said).not.toMatch(/data\.|above:/);
  };
  check("zh", "到 “召开期限” + 24 小时 为止", "持证人、上级单位的经理");
  check("en", "until “Held by” + 24 hours", "Holder, Manager of the unit above");
});

test("a message reads with samples and names", () => {
  const text = "{{ case.number }}: {{ data.meeting_by }} {{ data.meeting_by | date }}";
  expect(sampled(text, "zh", facts)).toBe("WX202611-0042: 〔召开期限〕 2026-11-21");
  expect(sampled(text, "en", facts)).toBe("WX202611-0042: [Held by] 2026-11-21");
  expect(fieldName("data.meeting_by | date", facts, "en")).toBe("Held by");
  expect(fieldName("data.other", facts, "en")).toBe("data.other");
});
