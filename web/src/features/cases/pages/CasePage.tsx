import { useIsMutating, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading } from "@/shared/ui/States";
import { caseQuery } from "../api/queries";
import { ActionPanel } from "../components/ActionPanel";
import { CaseHead } from "../components/CaseHead";
import { Grants } from "../components/Grants";
import { Articles } from "../components/Articles";
import { Deadlines } from "../components/Deadlines";
import { Documents } from "../components/Documents";
import { Evidence } from "../components/Evidence";
import { OtherActions } from "../components/OtherActions";
import { Postings } from "../components/Postings";
import { People } from "../components/People";
import { Recorded } from "../components/Recorded";
import { Told } from "../components/Told";
import { Timeline } from "../components/Timeline";
import { VerdictCard } from "@/shared/verdict/VerdictCard";
import { nextAct } from "../components/nextAct";
import "./cases.css";

/** The case page is the work order: its head, the act that is due, and all that is on record. */
export default function CasePage() {
  const { id = "" } = useParams();
  const one = useQuery(caseQuery(id));
  if (one.isPending) {
    return (
      <div className="card">
        <Loading lines={10} />
      </div>
    );
  }
  if (one.isError && !one.data) {
    return <Failed error={one.error} retry={() => void one.refetch()} />;
  }
  return <Sheet key={id} one={one.data} />;
}

function Sheet({ one }: { one: Case }) {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const [done, setDone] = useState(0);
  const sending = useIsMutating({ mutationKey: ["act", one.id] }) > 0;
  const mine = one.actions.filter((action) => action.mine);
  const asked = mine.find((action) => action.id === search.get("act"));
  const action = asked ?? nextAct(one);
  const choose = (id: string) => setSearch({ act: id }, { replace: true });
  const title = one.number;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (done > 0) void window.scrollTo({ top: 0 });
  }, [done]);
  return (
    <div className="stack case">
      <CaseHead one={one} />
      <div className="columns">
        <div className="stack">
          {one.verdict && <VerdictCard verdict={one.verdict} />}
          <Grants one={one} />
          {action ? (
            <ActionPanel
              key={action.id}
              one={one}
              action={action}
              done={() => {
                setSearch({}, { replace: true });
                setDone((n) => n + 1);
              }}
            />
          ) : (
            <section className="card waiting">
              <b>{t("cases.nothingNow")}</b>
              <p className="sub">
                {one.closed_at ? (
                  t("cases.closedText", { at: dateTime(one.closed_at) })
                ) : (
                  <Others one={one} />
                )}
              </p>
            </section>
          )}
          <OtherActions
            actions={mine}
            chosen={action?.id ?? null}
            choose={choose}
            busy={sending}
          />
          <Recorded
            one={one}
            editing={action?.form?.fields.map((field) => field.id) ?? []}
          />
        </div>
        <aside className="stack">
          <Deadlines deadlines={one.deadlines} />
          <Articles one={one} />
          <Documents documents={one.documents} />
          {one.parent && (
            <Evidence
              id={one.parent.id}
              title={t("cases.fromParent", { number: one.parent.number })}
            />
          )}
          <Told id={one.id} />
          <People one={one} />
          <Postings id={one.id} version={one.version} />
          <Timeline id={one.id} timeline={one.timeline} />
        </aside>
      </div>
    </div>
  );
}

/** Whom the case waits for. */
function Others({ one }: { one: Case }) {
  const { t, say } = useSpeech();
  const next = one.actions.filter((action) => !action.mine && action.mark === "primary");
  return (
    <>
      {next.map((action) => (
        <span key={action.id} className="wait">
          {say(action.title)}:{" "}
          {t("cases.waitFor", {
            who: action.handed?.to.name ?? action.by.map((role) => say(role)).join(" / "),
          })}
        </span>
      ))}
    </>
  );
}
