import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { doorQuery } from "@/api/queries/session";
import { language, languageNames, useSpeech } from "@/shared/i18n";
import { Door } from "../components/Door";
import { ProviderButton } from "../components/ProviderButton";
import { SignInForm } from "../components/SignInForm";

/** The door: who are you, in whose language; on a demo server one account per role. */
export function SignIn() {
  const { t, say, lang } = useSpeech();
  const [value, setValue] = useState({ login: "", password: "" });
  const { data: door } = useQuery(doorQuery);
  const accounts = door?.accounts ?? [];
  const other = lang === "zh" ? "en" : "zh";
  return (
    <Door
      title={t("signin.title")}
      aside={
        <ul>
          <li>{t("signin.point1")}</li>
          <li>{t("signin.point2")}</li>
          <li>{t("signin.point3")}</li>
        </ul>
      }
      above={
        <button
          type="button"
          className="link signin-language"
          lang={other === "zh" ? "zh-CN" : "en"}
          onClick={() => language.set(other)}
        >
          {languageNames[other]}
        </button>
      }
    >
      <ProviderButton or={t("signin.orPassword")} />
      <SignInForm value={value} change={setValue} />
      {accounts.length > 0 && (
        <section className="signin-demo">
          <h2>{t("signin.demoTitle")}</h2>
          <p className="muted small">{t("signin.demoText")}</p>
          <ul>
            {accounts.map((account) => (
              <li key={account.login}>
                <button
                  type="button"
                  aria-pressed={value.login === account.login}
                  onClick={() =>
                    setValue({ login: account.login, password: account.password })
                  }
                >
                  <b>{say(account.role)}</b>
                  <span>{account.name}</span>
                  <span className="muted">{account.org}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Door>
  );
}
