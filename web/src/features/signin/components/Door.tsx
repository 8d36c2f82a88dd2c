import { type ReactNode, useEffect } from "react";
import { useSpeech } from "@/shared/i18n";
import "../pages/signin.css";

interface Props {
  /** What the page is for: its heading, and what the tab of the browser says. */
  title: string;
  /** More beside the name of the product. */
  aside?: ReactNode;
  /** Above the box. */
  above?: ReactNode;
  children: ReactNode;
}

/** A page for who is not signed in yet: the product at its side, one box to fill in. */
export function Door({ title, aside, above, children }: Props) {
  const { t } = useSpeech();
  const whole = `${title} · ${t("frame.product")}`;
  useEffect(() => {
    document.title = whole;
  }, [whole]);
  return (
    <div className="signin">
      <aside>
        <div className="signin-logo">
          <img src="/mark.svg" alt="" width="44" height="44" />
          <span>{t("frame.product")}</span>
        </div>
        <p className="signin-tagline">{t("signin.tagline")}</p>
        {aside}
      </aside>
      <main id="main">
        {above}
        <div className="signin-box">
          <h1>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}
