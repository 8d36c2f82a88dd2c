import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link, useParams } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Pick } from "@/shared/ui/Pick";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { countedBook, countedQuery, measureQuery } from "../api/queries";
import { Asking, Whereabouts } from "../components/Asking";
import { CountedList } from "../components/CountedList";
import { SplitBars } from "../components/SplitBars";
import { Trend } from "../components/Trend";
import { carried, useAsked } from "../useAsked";
import "./figures.css";

/** A measure: what it came to, by what, and the cases behind it. */
export default function Measure() {
  const { t, say } = useSpeech();
  const { id = "" } = useParams();
  const asking = useAsked();
  const { asked, kept, put } = asking;
  const found = useQuery(measureQuery(id, kept.by, asked));
  const cases = useInfiniteQuery(countedQuery(id, kept.only, asked));
  const rows = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const counted = cases.data?.pages[0];
  const back = carried(kept).toString();
  if (found.isPending) return <Loading lines={9} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { measure, split, rows: bars, more } = found.data;
  const only = bars.find((row) => kept.only === `${split}=${row.key};`);
  return (
    <div className="figures">
      <div className="page-head">
        <Link to={`/figures${back && `?${back}`}`}>{t("figures.title")}</Link>
        <h1>{say(measure.title)}</h1>
        <ClauseRefs clauses={measure.clauses} />
        <span className="push row no-print">
          <a className="figures-book" href={countedBook(id, kept.only, asked)} download>
            {t("figures.export")}
          </a>
        </span>
      </div>
      <Asking {...asking} shown={found.data.asked} />
      <Whereabouts shown={found.data.asked} />
      <div className="figures-halves">
        <section className="card">
          <p className="row figure-value">
            {measure.value ? (
              <b>{say(measure.value.text)}</b>
            ) : (
              <span className="muted">{t("figures.unrated")}</span>
            )}
            {say(measure.unit) !== t("figures.timesUnit") && (
              <span className="muted">{t("figures.times", { n: measure.times })}</span>
            )}
          </p>
          <Trend points={measure.trend} unit={measure.unit} name={say(measure.title)} />
        </section>
        <section className="card">
          <Pick
            small
            label={t("figures.split")}
            options={[
              ...measure.by.map((one) => ({ value: one.id, label: say(one.title) })),
              { value: "org", label: t("figures.byOrg") },
            ]}
            value={split}
            set={(next) => put("by", next)}
          />
          <SplitBars
            rows={bars}
            more={more}
            chosen={only?.key ?? null}
            choose={
              split === "org"
                ? null
                : (key) => put("only", key === null ? null : `${split}=${key};`)
            }
          />
        </section>
      </div>
      <section className="card" aria-label={t("figures.behind")}>
        <h2>
          {t("figures.behind")}{" "}
          {counted && <small>{t("figures.times", { n: counted.times })}</small>}{" "}
          {kept.only && (
            <Tag tone="line">
              {only ? say(only.title) : kept.only}{" "}
              <button type="button" className="link" onClick={() => put("only", null)}>
                {t("words.reset")}
              </button>
            </Tag>
          )}
        </h2>
        {counted && counted.hidden > 0 && (
          <p className="muted small">{t("figures.hidden", { n: counted.hidden })}</p>
        )}
        {cases.isPending && <Loading lines={5} />}
        {cases.isError && <Failed error={cases.error} retry={() => void cases.refetch()} />}
        {cases.isSuccess && rows.length === 0 && (
          <Blank title={t("figures.noneTitle")} text={t("figures.noneText")} />
        )}
        <CountedList rows={rows} />
        {cases.hasNextPage && (
          <Button loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
            {t("words.loadMore")}
          </Button>
        )}
      </section>
    </div>
  );
}
