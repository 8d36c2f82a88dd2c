import { useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { Link } from "react-router";
import type { Scorecard } from "@/api/scorecards";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Pick } from "@/shared/ui/Pick";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { useFilter } from "@/shared/useFilter";
import { scorecardQuery, scorecardsQuery } from "../api/queries";
import { Entries } from "../components/Entries";
import { Items, Levels } from "../components/Items";
import { Standings } from "../components/Standings";
import "./scorecards.css";

/** Points so far, what is not rated, and whether the period is over. */
function Sum({ card }: { card: Scorecard }) {
  const { t, say } = useSpeech();
  return (
    <section className="card score-sum" aria-label={t("scorecards.sum")}>
      <p className="row">
        {card.points !== null && card.most !== null ? (
          <b>{t("scorecards.of", { n: card.points, most: card.most })}</b>
        ) : (
          <b>{card.level ? say(card.level) : t("scorecards.noLevel")}</b>
        )}
        <Tag tone={card.over ? "ok" : "warn"}>
          {t(card.over ? "scorecards.over" : "scorecards.running")}
        </Tag>
        {card.unrated > 0 && <Tag>{t("scorecards.unratedCount", { n: card.unrated })}</Tag>}
        <ClauseRefs clauses={card.clauses} />
      </p>
      <p className="muted small">
        {t("scorecards.about", {
          org: card.org.name,
          from: card.from,
          to: card.to,
          release: card.release,
        })}
      </p>
    </section>
  );
}

/** The card of one station and period. */
function Card({ id, org, period }: { id: string; org: string; period: string }) {
  const found = useQuery(scorecardQuery(id, org, period));
  if (found.isPending) return <Loading lines={9} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const card = found.data;
  return (
    <div className="stack">
      <Sum card={card} />
      <Items card={card} />
      <Levels card={card} />
      <Entries card={card} />
    </div>
  );
}

/** Scorecards (评分表): the yearly assessment and the stars of stations, item by item. */
export default function Scorecards() {
  const { t, say } = useSpeech();
  const [kept, put] = useFilter(["card", "org", "period"] as const);
  const found = useQuery(scorecardsQuery);
  const cards = found.data?.items ?? [];
  const card = cards.find((each) => each.id === kept.card) ?? cards[0];
  const only = card?.orgs.length === 1 ? card.orgs[0] : undefined;
  const org = card?.orgs.find((each) => each.id === kept.org) ?? only;
  const period = kept.period || card?.periods[0]?.id || "";
  if (found.isPending) return <Loading lines={9} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <div className="scorecards">
      <div className="page-head">
        <h1>{t("scorecards.title")}</h1>
        <Link className="push" to="/cases/assessment">
          {t("scorecards.papers")}
        </Link>
      </div>
      {!card ? (
        <Blank title={t("scorecards.emptyTitle")} text={t("scorecards.emptyText")} />
      ) : (
        <>
          <div className="row score-filters">
            <Pick
              small
              label={t("scorecards.title")}
              options={cards.map((each) => ({ value: each.id, label: say(each.title) }))}
              value={card.id}
              set={(next) => put("card", next)}
            />
            <Pick
              small
              label={t("scorecards.period")}
              options={card.periods.map((each) => ({ value: each.id, label: say(each.title) }))}
              value={period}
              set={(next) => put("period", next)}
            />
            {card.orgs.length > 1 && (
              <Select
                allowClear
                showSearch={{ optionFilterProp: "label" }}
                className="score-org"
                aria-label={t("scorecards.station")}
                placeholder={t("scorecards.allStations")}
                value={org?.id ?? null}
                options={card.orgs.map((each) => ({ value: each.id, label: each.name }))}
                onChange={(next: string | undefined) => put("org", next ?? null)}
              />
            )}
          </div>
          {card.orgs.length === 0 && (
            <Blank title={t("scorecards.noStationTitle")} text={t("scorecards.noStationText")} />
          )}
          {org ? (
            <Card id={card.id} org={org.id} period={period} />
          ) : (
            card.orgs.length > 0 && (
              <Standings card={card.id} period={period} choose={(next) => put("org", next)} />
            )
          )}
        </>
      )}
    </div>
  );
}
