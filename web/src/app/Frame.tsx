import { type Query, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { onExpired, speaksFor } from "@/api/client";
import { lockQuery, meQuery, onPerson } from "@/api/queries/session";
import type { Me } from "@/api/types";
import { Lock } from "@/features/signin/components/Lock";
import { SignIn } from "@/features/signin/pages/SignIn";
import { SignInAgain } from "@/features/signin/components/SignInAgain";
import { draftsOf } from "@/shared/form/drafts";
import { useSpeech } from "@/shared/i18n";
import { Failed } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { CounterBar } from "./CounterBar";
import { OfflineBar } from "./OfflineBar";
import { SideBar } from "./SideBar";
import { Tabs } from "./Tabs";
import { TopBar } from "./TopBar";
import { useCounter } from "./useCounter";
import { useEvents } from "./useEvents";
import "./frame.css";

/** What stands around every page: areas, search, station, messages, person. */
export function Frame() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const me = useQuery(meQuery);
  const phone = usePhone();
  const { pathname } = useLocation();
  const [expired, setExpired] = useState(false);
  const signedIn = Boolean(me.data);
  const counter = me.data?.counter ?? null;
  const locked = expired && counter !== null;
  const shut = me.isSuccess && (!me.data || locked);
  const lock = useQuery({ ...lockQuery, enabled: shut });
  // Who has not signed in yet has nothing that could expire.
  useEffect(() => (signedIn ? onExpired(() => setExpired(true)) : undefined), [signedIn]);
  useEffect(() => {
    void window.scrollTo(0, 0);
  }, [pathname]);
  useEvents(locked ? undefined : me.data?.org.id);
  const person = me.data?.person.id;
  // Whose page this is: at a shared counter another person sees it anew, with their own eyes.
  const page = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!locked) page.current = person;
  }, [locked, person]);
  const stepUp = useCallback(
    (next: Me) => {
      queries.setQueryData(meQuery.queryKey, next);
      const others = { predicate: (read: Query) => read.queryKey[0] !== "me" };
      if (page.current === next.person.id) void queries.invalidateQueries(others);
      else void queries.resetQueries(others);
      setExpired(false);
    },
    [queries],
  );
  useEffect(
    () =>
      // Another window signed in as somebody else: this one must not act in their name.
      onPerson((now) => {
        if (counter && now === null) setExpired(true);
        else if (now === (person ?? null)) setExpired(false);
        else location.reload();
      }),
    [person, counter],
  );
  const shutCounter = useCallback(() => setExpired(true), []);
  const { left, leave } = useCounter(counter, locked, shutCounter);
  // The counter was ended elsewhere: an ordinary browser again.
  const ended = locked && lock.isSuccess && !lock.isFetching && lock.data === null;
  useEffect(() => {
    if (ended) location.assign("/");
  }, [ended]);
  if (me.isPending) return null;
  if (me.isError) return <Failed error={me.error} retry={() => void me.refetch()} />;
  speaksFor(me.data && !locked ? me.data.person.id : null);
  if (!me.data) {
    if (lock.isPending) return null;
    return lock.data ? <Lock lock={lock.data} done={stepUp} /> : <SignIn />;
  }
  draftsOf(counter?.id ?? me.data.person.id, counter ? me.data.person.name : undefined);
  return (
    <>
      {locked && (
        <div className="frame-lock">
          {lock.data ? (
            <Lock lock={lock.data} last={me.data.person.name} done={stepUp} />
          ) : lock.isError ? (
            <Failed error={lock.error} retry={() => void lock.refetch()} />
          ) : null}
        </div>
      )}
      <div className="frame" hidden={locked}>
        <a href="#main" className="skip-link">
          {t("frame.skip")}
        </a>
        {!phone && <SideBar me={me.data} />}
        <div className="frame-body">
          <TopBar me={me.data} />
          {counter && <CounterBar me={me.data} left={left} lock={leave} />}
          <OfflineBar />
          <main id="main" key={counter ? me.data.person.id : "own"}>
            <Outlet />
          </main>
        </div>
        {phone && <Tabs me={me.data} />}
        {expired && !counter && (
          <SignInAgain login={me.data.person.login} done={() => setExpired(false)} />
        )}
      </div>
    </>
  );
}
