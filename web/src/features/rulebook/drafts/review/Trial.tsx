import { useQuery } from "@tanstack/react-query";
import type { Draft } from "@/api/drafts";
import type { Verdict } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { VerdictCard } from "@/shared/verdict/VerdictCard";
import { Facts, useFacts } from "../../components/Facts";
import { tryFacts } from "../api";

/** The same facts judged by what holds now and by the draft, side by side. */
export default function Trial({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const { facts, put, asked } = useFacts();
  const tried = useQuery({
    queryKey: ["draft", draft.id, "try", draft.version, facts],
    queryFn: ({ signal }) => tryFacts(draft.id, facts, signal),
    enabled: asked && draft.clean,
    placeholderData: (before) => before,
    retry: false,
  });
  const found = asked && draft.clean ? tried.data : undefined;
  return (
    <div className="tables">
      <div className="stack">
        {!draft.clean && <p className="notice warn">{t("drafts.tryNotClean")}</p>}
        {draft.clean && !asked && <p className="card muted">{t("rulebook.chooseFault")}</p>}
        {tried.error && asked && draft.clean && (
          <p className="notice bad">{sentence(tried.error, t)}</p>
        )}
        {found && (
          <>
            <p role="status">
              <Tag tone={found.differs ? "warn" : "ok"}>
                {t(found.differs ? "drafts.differs" : "drafts.same")}
              </Tag>
            </p>
            <div className="draft-sides">
              <Side name={t("drafts.byNow")} verdict={found.now} />
              <Side name={t("drafts.byDraft")} verdict={found.draft} marked={found.differs} />
            </div>
            <Differences now={found.now} then={found.draft} />
            <p className="muted small">{t("drafts.publishedHint")}</p>
          </>
        )}
      </div>
      <section className="card try">
        <h2>{t("rulebook.tryIt")}</h2>
        <p className="muted small">{t("rulebook.tryHint")}</p>
        <Facts facts={facts} put={put} />
      </section>
    </div>
  );
}

function Side(props: { name: string; verdict: Verdict; marked?: boolean }) {
  return (
    <section className={props.marked ? "card draft-side marked" : "card draft-side"}>
      <h2>{props.name}</h2>
      <VerdictCard verdict={props.verdict} />
    </section>
  );
}

/** What a customer would notice: cover, remedy, payer, the last day. */
function Differences({ now, then }: { now: Verdict; then: Verdict }) {
  const { t } = useSpeech();
  const yesNo = (covered: boolean | null) =>
    covered === null ? t("cases.undecided") : t(covered ? "words.yes" : "words.no");
  const remedy = (verdict: Verdict) => (verdict.remedy ? t(`cases.${verdict.remedy}`) : "–");
  const rows = [
    { name: t("rulebook.covered"), was: yesNo(now.covered), is: yesNo(then.covered) },
    { name: t("rulebook.remedy"), was: remedy(now), is: remedy(then) },
    { name: t("drafts.termEnds"), was: now.term?.ends ?? "–", is: then.term?.ends ?? "–" },
  ];
  return (
    <table className="paper-table card">
      <thead>
        <tr>
          <th />
          <th>{t("drafts.byNow")}</th>
          <th>{t("drafts.byDraft")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} className={row.was === row.is ? "" : "marked"}>
            <td>{row.name}</td>
            <td>{row.was}</td>
            <td>{row.was === row.is ? row.is : <b>{row.is}</b>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
