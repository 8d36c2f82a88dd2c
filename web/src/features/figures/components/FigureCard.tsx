import { Link } from "react-router";
import type { Figure, Measure } from "@/api/figures";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Tag } from "@/shared/ui/Tag";
import { Trend } from "./Trend";

interface Props {
  figure: Figure;
  measures: ReadonlyMap<string, Measure>;
  /** The list behind a measure, for the same place and days. */
  path: (measure: string) => string;
  /** The first day that is asked for. */
  from: string;
}

/** A figure: what it came to, whether that is as good as it should be, and what it is made of. */
export function FigureCard({ figure, measures, path, from }: Props) {
  const { t, say } = useSpeech();
  const made = figure.measures.map((id) => measures.get(id)).filter((one) => one !== undefined);
  return (
    <article className="card figure-card" aria-label={say(figure.title)}>
      <header className="row">
        <h3>{say(figure.title)}</h3>
        <span className="push">
          <ClauseRefs clauses={figure.clauses} />
        </span>
      </header>
      <p className="row figure-value">
        {figure.value ? (
          <b>{say(figure.value.text)}</b>
        ) : (
          <span className="muted">{t("figures.unrated")}</span>
        )}
        {figure.target && (
          <span className="muted small">
            {t(figure.better === "lower" ? "figures.atMost" : "figures.atLeast", {
              n: say(figure.target.text),
            })}
          </span>
        )}
        {figure.met !== null && (
          <Tag tone={figure.met ? "ok" : "bad"}>
            {t(figure.met ? "figures.met" : "figures.unmet")}
          </Tag>
        )}
      </p>
      <Trend
        points={figure.trend}
        unit={figure.unit}
        target={figure.target?.n ?? null}
        name={say(figure.title)}
      />
      <p className="small muted figure-formula">= {say(figure.formula)}</p>
      <ul className="plain small figure-parts">
        {made.map((measure) => (
          <li key={measure.id}>
            <Link to={path(measure.id)}>
              {say(measure.title)} {t("figures.times", { n: measure.times })}
            </Link>
          </li>
        ))}
      </ul>
      {figure.since && figure.since > from && (
        <p className="small muted">{t("figures.since", { day: figure.since })}</p>
      )}
    </article>
  );
}
