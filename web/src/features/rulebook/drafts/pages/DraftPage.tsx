import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import type { Draft, DraftCell } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { ChangeList } from "../../components/ChangeList";
import { draftQuery, zipOf } from "../api";
import { Findings } from "../review/Findings";
import { Rebase } from "../review/Rebase";
import { StateTag } from "../StateTag";
import "../../pages/rulebook.css";
import "../drafts.css";

const Tables = lazy(() => import("../editors/Tables"));
const Parameters = lazy(() => import("../editors/Parameters"));
const Messages = lazy(() => import("../editors/Messages"));
const Deadlines = lazy(() => import("../editors/Deadlines"));
const Files = lazy(() => import("../editors/Files"));
const Trial = lazy(() => import("../review/Trial"));
const Replay = lazy(() => import("../replay/Replay"));
const Review = lazy(() => import("../review/Review"));

const tabs = [
  "changes",
  "findings",
  "tables",
  "parameters",
  "messages",
  "deadlines",
  "files",
  "try",
  "replay",
  "review",
] as const;
type Tab = (typeof tabs)[number];

/** One draft: what it changes, what is wrong with it, its editors, its trial and its review. */
export default function DraftPage() {
  const { t } = useSpeech();
  const { id = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const tab = tabs.find((each) => each === search.get("tab")) ?? "changes";
  const read = useQuery(draftQuery(id));
  if (read.isPending) return <Loading lines={9} />;
  if (read.isError) return <Failed error={read.error} retry={() => void read.refetch()} />;
  const draft = read.data;
  const errors = draft.findings.filter((each) => each.level === "error").length;
  const count: Partial<Record<Tab, number>> = {
    changes: draft.changes.length,
    findings: draft.findings.length,
  };
  const label = (each: Tab) => {
    const n = count[each];
    return n ? `${t(`drafts.${each}`)} ${n}` : t(`drafts.${each}`);
  };
  return (
    <>
      <div className="page-head draft-head">
        <span className="muted small">
          <Link to="/rulebook/drafts">{t("drafts.drafts")}</Link> /
        </span>
        <h1>{draft.title}</h1>
        <StateTag draft={draft} />
        {errors > 0 && <Tag tone="bad">{t("drafts.errors", { n: errors })}</Tag>}
        <span className="push muted small">
          {draft.owner.name} · {draft.reason}
        </span>
        <a className="small" href={zipOf(draft.id)} download>
          {t("drafts.export")}
        </a>
      </div>
      {draft.behind && <Rebase draft={draft} />}
      <div className="scroll-x draft-tabs" ref={chosenInSight}>
        <Pick<Tab>
          label={draft.title}
          options={tabs.map((each) => ({ value: each, label: label(each) }))}
          value={tab}
          set={(next) => next && setSearch({ tab: next })}
        />
      </div>
      <Suspense fallback={<Loading lines={8} />}>
        {tab === "changes" && <Changes draft={draft} />}
        {tab === "findings" && <Found draft={draft} />}
        {tab === "tables" && <Tables draft={draft} />}
        {tab === "parameters" && <Parameters draft={draft} />}
        {tab === "messages" && <Messages draft={draft} />}
        {tab === "deadlines" && <Deadlines draft={draft} />}
        {tab === "files" && <Files draft={draft} />}
        {tab === "try" && <Trial draft={draft} />}
        {tab === "replay" && <Replay draft={draft} />}
        {tab === "review" && <Review draft={draft} />}
      </Suspense>
    </>
  );
}

/** On a narrow page the tabs run out of sight; the chosen one does not. */
function chosenInSight(tabs: HTMLElement | null): void {
  const chosen = tabs?.querySelector<HTMLElement>('[aria-checked="true"]');
  if (tabs && chosen) tabs.scrollLeft = chosen.offsetLeft - tabs.clientWidth / 3;
}

function Changes({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  return (
    <section className="card">
      {!draft.clean && <p className="notice warn">{t("drafts.changesHidden")}</p>}
      {draft.clean && draft.changes.length === 0 && (
        <p className="muted">{t("drafts.noChanges")}</p>
      )}
      <ChangeList items={draft.changes} clauses />
    </section>
  );
}

function Found({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const [, setSearch] = useSearchParams();
  const go = (cell: DraftCell) => {
    const next: Record<string, string> = { tab: "tables", item: `${cell.pack}/${cell.table}` };
    if (cell.row) next["row"] = cell.row;
    if (cell.column) next["column"] = cell.column;
    setSearch(next);
  };
  return (
    <section className="card">
      {draft.findings.length === 0 && <p className="muted">{t("drafts.noFindings")}</p>}
      <Findings findings={draft.findings} go={go} />
    </section>
  );
}
