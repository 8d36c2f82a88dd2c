import { kept } from "@/shared/kept";

export type Language = "zh" | "en";

const fromBrowser: Language = globalThis.navigator?.language?.startsWith("zh") === false
  ? "en"
  : "zh";

/** The language of this browser: chosen by the person, at first what the browser speaks. */
export const language = kept<Language>("sanbao.language", fromBrowser);

/** The same as the server and the document element call it. */
export function tag(of: Language): "zh-CN" | "en" {
  return of === "zh" ? "zh-CN" : "en";
}

/** Each language in its own words, as a switch shows it whatever the page speaks. */
export const languageNames: Record<Language, string> = { zh: "中文", en: "English" };
