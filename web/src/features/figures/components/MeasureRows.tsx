import { Link } from "react-router";
import type { Measure } from "@/api/figures";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";

interface Props {
  measures: readonly Measure[];
  path: (measure: string) => string;
}

/** What a measure came to; durations are told as their mean. */
function Came({ measure }: { measure: Measure }) {
  const { t, say } = useSpeech();
  if (!measure.value) return <span className="muted">{t("figures.unrated")}</span>;
  const mean = say(measure.unit) === t("figures.hours");
  return (
    <>
      {mean && <span className="muted small">{t("figures.mean")} </span>}
      {say(measure.value.text)}
    </>
  );
}

/** Measures with the way to the list behind each. */
export function MeasureRows({ measures, path }: Props) {
  const { t, say } = useSpeech();
  return (
    <ul className="plain card figure-measures">
      {measures.map((measure) => (
        <li key={measure.id}>
          <Link to={path(measure.id)}>{say(measure.title)}</Link>
          <span className="figure-chips">
            <ClauseRefs clauses={measure.clauses} />
          </span>
          <span className="figure-came">
            <Came measure={measure} />
          </span>
          <span className="muted small figure-count">
            {say(measure.unit) !== t("figures.timesUnit") &&
              t("figures.times", { n: measure.times })}
          </span>
        </li>
      ))}
    </ul>
  );
}
