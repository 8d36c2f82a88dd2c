import { useEffect, useSyncExternalStore } from "react";
import { ask as en } from "@/shared/i18n/en/ask";
import { type Language, language, tag } from "@/shared/i18n/language";
import { ask as zh } from "@/shared/i18n/zh/ask";

/** A sentence of this page. The whole dictionary of the staff's pages is not loaded here. */
export type Word = keyof typeof zh;
export type Say = (word: Word, args?: Readonly<Record<string, string | number>>) => string;

/** The sentences of the page in its language. */
export function useWords(): { lang: Language; t: Say } {
  const lang = useSyncExternalStore(language.subscribe, language.get);
  useEffect(() => {
    document.documentElement.lang = tag(lang);
  }, [lang]);
  const t: Say = (word, args) =>
    (lang === "zh" ? zh : en)[word].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(args?.[name] ?? whole),
    );
  return { lang, t };
}
