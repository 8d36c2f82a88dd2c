import { Link } from "react-router";
import type { ScoreRead, Scorecard } from "@/api/scorecards";
import { useSpeech } from "@/shared/i18n";

interface Props {
  read: readonly ScoreRead[];
  card: Scorecard;
}

/** What an award looked at: numbers lead to the list behind them, entries to their place below. */
export function Read({ read, card }: Props) {
  const { t, say } = useSpeech();
  const rest = new URLSearchParams({
    period: "days",
    from: card.from,
    to: card.to,
    org: card.org.id,
  });
  return (
    <ul className="plain small score-read">
      {read.map((one) => (
        <li key={say(one.title)}>
          {one.entry ? (
            <a href={`#entry-${one.entry}`}>{say(one.title)}</a>
          ) : one.measures[0] ? (
            <Link to={`/figures/${encodeURIComponent(one.measures[0])}?${rest}`}>
              {say(one.title)}
            </Link>
          ) : (
            <span>{say(one.title)}</span>
          )}{" "}
          <b>
            {one.value
              ? say(one.value)
              : t(one.entry ? "scorecards.toEnter" : "scorecards.noData")}
          </b>
        </li>
      ))}
    </ul>
  );
}
