import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { meQuery, signOut } from "@/api/queries/session";
import { OwnCertificate } from "@/shared/certificate/OwnCertificate";
import { languageNames, language, useSpeech } from "@/shared/i18n";
import { type ThemeChoice, useTheme } from "@/shared/theme/theme";
import { Tokens } from "@/shared/tokens/Tokens";
import { Pick } from "@/shared/ui/Pick";
import { MyIdentity } from "./MyIdentity";
import { MyPassword } from "./MyPassword";
import { MyPin } from "./MyPin";
import { MySecondFactor } from "./MySecondFactor";
import { areaName, areas, routes } from "./routes";
import "./me.css";

/** Me, on a phone: messages, the areas the tabs have no room for, language, appearance. */
export default function Me() {
  const { t, say, lang } = useSpeech();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const [, theme, setTheme] = useTheme();
  const leave = useMutation({
    mutationFn: () => signOut(me),
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(meQuery.queryKey, null);
    },
  });
  if (!me) return null;
  if (me.second_factor === "needed") {
    return (
      <div className="stack account">
        <MySecondFactor state="needed" />
        <button type="button" className="card account-leave" onClick={() => leave.mutate()}>
          {t("frame.signOut")}
        </button>
      </div>
    );
  }
  const open = routes.filter(
    (route) => !route.tab && (!route.permission || me.permissions.includes(route.permission)),
  );
  return (
    <div className="stack account">
      <section className="card">
        <h1>{me.person.name}</h1>
        <p className="sub">
          {me.roles.map((role) => `${say(role.title)} · ${role.org.name}`).join(" / ")}
        </p>
      </section>
      <nav className="card account-links" aria-label={t("frame.menu")}>
        <Link to="/messages">
          {t("frame.messages")}
          {me.unread > 0 && <span className="tag bad">{me.unread}</span>}
        </Link>
        {me.permissions.includes("document_read") && (
          <Link to="/printing">{t("print.settings")}</Link>
        )}
        {areas.map((area) => {
          const shown = open.filter((route) => route.area === area);
          if (shown.length === 0) return null;
          return (
            <section key={area}>
              <h2>{t(areaName[area])}</h2>
              {shown.map((route) => (
                <Link key={route.path} to={route.path}>
                  {route.icon && <route.icon />}
                  {t(route.name)}
                </Link>
              ))}
            </section>
          );
        })}
      </nav>
      <OwnCertificate />
      <MyIdentity me={me} />
      {!me.provider?.only && <MyPassword />}
      <MyPin state={me.pin} coded={me.second_factor === "on"} />
      <MySecondFactor state={me.second_factor} />
      <Tokens
        whose="/me/tokens"
        coded={me.second_factor === "on"}
        text={t("tokens.text")}
      />
      <section className="card stack">
        <h2>{t("frame.language")}</h2>
        <Pick
          label={t("frame.language")}
          options={[
            { value: "zh", label: languageNames.zh },
            { value: "en", label: languageNames.en },
          ]}
          value={lang}
          set={(next) => next && language.set(next)}
        />
        <h2>{t("frame.theme")}</h2>
        <Pick<ThemeChoice>
          label={t("frame.theme")}
          options={[
            { value: "system", label: t("frame.themeSystem") },
            { value: "light", label: t("frame.themeLight") },
            { value: "dark", label: t("frame.themeDark") },
          ]}
          value={theme}
          set={(next) => next && setTheme(next)}
        />
      </section>
      <button type="button" className="card account-leave" onClick={() => leave.mutate()}>
        {t("frame.signOut")}
      </button>
      <p className="muted small">
        {me.company.name} · {t("frame.release")} {me.release.short}
      </p>
    </div>
  );
}
