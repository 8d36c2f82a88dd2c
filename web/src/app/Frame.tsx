import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { onExpired } from "@/api/client";
import { meQuery, onPerson } from "@/api/queries/session";
import { SignIn } from "@/features/signin/pages/SignIn";
import { SignInAgain } from "@/features/signin/components/SignInAgain";
import { draftsOf } from "@/shared/form/drafts";
import { useSpeech } from "@/shared/i18n";
import { Failed } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { OfflineBar } from "./OfflineBar";
import { SideBar } from "./SideBar";
import { Tabs } from "./Tabs";
import { TopBar } from "./TopBar";
import { useEvents } from "./useEvents";
import "./frame.css";

/** What stands around every page: areas, search, station, messages, person. */
export function Frame() {
  const { t } = useSpeech();
  const me = useQuery(meQuery);
  const phone = usePhone();
  const { pathname } = useLocation();
  const [expired, setExpired] = useState(false);
  const signedIn = Boolean(me.data);
  // Who has not signed in yet has nothing that could expire.
  useEffect(() => (signedIn ? onExpired(() => setExpired(true)) : undefined), [signedIn]);
  useEffect(() => {
    void window.scrollTo(0, 0);
  }, [pathname]);
  useEvents(me.data?.org.id);
  const person = me.data?.person.id;
  useEffect(
    () =>
      // Another window signed in as somebody else: this one must not act in their name.
      onPerson((now) => {
        if (now !== (person ?? null)) location.reload();
        else setExpired(false);
      }),
    [person],
  );
  if (me.isPending) return null;
  if (me.isError) return <Failed error={me.error} retry={() => void me.refetch()} />;
  if (!me.data) return <SignIn />;
  draftsOf(me.data.person.id);
  return (
    <div className="frame">
      <a href="#main" className="skip-link">
        {t("frame.skip")}
      </a>
      {!phone && <SideBar me={me.data} />}
      <div className="frame-body">
        <TopBar me={me.data} />
        <OfflineBar />
        <main id="main">
          <Outlet />
        </main>
      </div>
      {phone && <Tabs me={me.data} />}
      {expired && <SignInAgain login={me.data.person.login} done={() => setExpired(false)} />}
    </div>
  );
}
