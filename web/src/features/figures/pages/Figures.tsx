import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { figuresBook, figuresQuery } from "../api/queries";
import { Asking, Whereabouts } from "../components/Asking";
import { FigureCard } from "../components/FigureCard";
import { MeasureRows } from "../components/MeasureRows";
import { carried, useAsked } from "../useAsked";
import "./figures.css";

/** What was counted (统计): figures by process, with target, trend and the lists behind them. */
export default function Figures() {
  const { t, say } = useSpeech();
  const asking = useAsked();
  const found = useQuery(figuresQuery(asking.asked));
  const groups = found.data?.groups ?? [];
  const measures = new Map(groups.flatMap((group) => group.measures).map((one) => [one.id, one]));
  const path = (measure: string) => {
    const rest = carried(asking.kept).toString();
    return `/figures/${encodeURIComponent(measure)}${rest && `?${rest}`}`;
  };
  return (
    <div className="figures">
      <div className="page-head">
        <h1>{t("figures.title")}</h1>
        <span className="push row no-print">
          <a className="figures-book" href={figuresBook(asking.asked)} download>
            {t("figures.export")}
          </a>
        </span>
      </div>
      <Asking {...asking} shown={found.data?.asked} />
      <Whereabouts shown={found.data?.asked} />
      {found.isPending && (
        <div className="card">
          <Loading lines={9} />
        </div>
      )}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && groups.length === 0 && (
        <Blank title={t("figures.emptyTitle")} text={t("figures.emptyText")} />
      )}
      {!found.isError &&
        groups.map((group) => (
          <section key={group.id} className="figures-group" aria-label={say(group.title)}>
            <h2>{say(group.title)}</h2>
            <div className="figures-grid">
              {group.figures.map((figure) => (
                <FigureCard
                  key={figure.id}
                  figure={figure}
                  measures={measures}
                  path={path}
                  from={asking.asked.from}
                />
              ))}
            </div>
            <MeasureRows measures={group.measures} path={path} />
          </section>
        ))}
    </div>
  );
}
