import { useEffect, useState } from "react";
import { language, languageNames, tag } from "@/shared/i18n/language";
import { useTheme } from "@/shared/theme/choice";
import { AskForm } from "./AskForm";
import { Thread } from "./Thread";
import { useWords } from "./words";

/** The word of the link, `/q/WORD`; nothing where somebody asks anew. */
const inAddress = () => /^\/q\/([\w-]+)/.exec(location.pathname)?.[1] ?? "";

/** The public page of enquiries: ask, or read the answer behind the link. */
export function App() {
  const { lang, t } = useWords();
  const [word, setWord] = useState(inAddress);
  const [trouble, setTrouble] = useState("");
  const [theme] = useTheme();
  useEffect(() => {
    document.title = t("title");
    document.documentElement.dataset["theme"] = theme;
  });
  function opened(found: string, lost: string) {
    // Back leads to an empty form, not to the same words once more.
    history.replaceState(null, "", `/q/${found}`);
    setTrouble(lost);
    setWord(found);
    scrollTo(0, 0);
  }
  const other = lang === "zh" ? "en" : "zh";
  return (
    <>
      <header>
        <img src="/mark.svg" alt="" width="32" height="32" />
        <h1>{t("title")}</h1>
        <button type="button" lang={tag(other)} onClick={() => language.set(other)}>
          {languageNames[other]}
        </button>
      </header>
      <main>{word ? <Thread word={word} trouble={trouble} /> : <AskForm opened={opened} />}</main>
    </>
  );
}
