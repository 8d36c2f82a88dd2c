import { useCallback, useSyncExternalStore } from "react";
import type { Text } from "@/api/types";
import { en } from "./en";
import { type Language, language } from "./language";
import { zh } from "./zh";

export { type Language, language, languageNames, tag } from "./language";

/** Every dictionary has these sections and keys. */
export type Dictionary = {
  readonly [S in keyof typeof zh]: { readonly [K in keyof (typeof zh)[S]]: string };
};

/** `section.key` of a sentence in the dictionaries. */
export type Key = {
  [S in keyof Dictionary & string]: `${S}.${keyof Dictionary[S] & string}`;
}[keyof Dictionary & string];

export type Args = Readonly<Record<string, string | number>>;

const dictionaries: Record<Language, Dictionary> = { zh, en };

/** The sentence of that key, its `{names}` filled; `{n:piece|pieces}` says one or many. */
export function translate(to: Language, key: Key, args?: Args): string {
  const [section, name] = key.split(".") as [keyof Dictionary, string];
  const sentence = (dictionaries[to][section] as Record<string, string>)[name] ?? key;
  if (!args) return sentence;
  return sentence
    .replace(/\{(\w+):([^{|}]*)\|([^{|}]*)\}/g, (_, arg: string, one: string, many: string) =>
      Number(args[arg]) === 1 ? one : many,
    )
    .replace(/\{(\w+)\}/g, (whole, arg: string) => String(args[arg] ?? whole));
}

export interface Speech {
  lang: Language;
  /** A sentence of the dictionaries. */
  t: (key: Key, args?: Args) => string;
  /** A text of the server or the rulebook, which comes in both languages or already chosen. */
  say: (text: Text | string | null | undefined) => string;
}

/** The dictionaries in the language of the page. */
export function useSpeech(): Speech {
  const lang = useSyncExternalStore(language.subscribe, language.get);
  const t = useCallback((key: Key, args?: Args) => translate(lang, key, args), [lang]);
  const say = useCallback((text: Text | string | null | undefined) => spoken(lang, text), [lang]);
  return { lang, t, say };
}

/** A text in that language; in the other one when it has no words there. */
export function spoken(lang: Language, text: Text | string | null | undefined): string {
  if (text === null || text === undefined) return "";
  if (typeof text === "string") return text;
  return text[lang] || text[lang === "zh" ? "en" : "zh"] || "";
}
