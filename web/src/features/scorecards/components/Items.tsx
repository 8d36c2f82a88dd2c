import type { Scorecard } from "@/api/scorecards";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Tag } from "@/shared/ui/Tag";
import { Read } from "./Read";

/** Line by line: the most, what it gave, and what it looked at. */
export function Items({ card }: { card: Scorecard }) {
  const { t, say } = useSpeech();
  if (card.items.length === 0) return null;
  return (
    <section className="card" aria-label={t("scorecards.items")}>
      <h2>{t("scorecards.items")}</h2>
      <ul className="plain score-items">
        {card.items.map((item) => (
          <li key={item.id}>
            <div>
              {say(item.title)} <ClauseRefs clauses={item.clauses} />
              <Read read={item.read} card={card} />
              {item.beyond && <p className="late small">{t("scorecards.beyond")}</p>}
            </div>
            <div className="score-points">
              {item.points === null ? (
                <Tag>{t("scorecards.unrated")}</Tag>
              ) : (
                <>
                  <b>{item.points}</b> / {item.most}{" "}
                  <Tag tone={item.points >= item.most ? "ok" : "bad"}>
                    {t(item.points >= item.most ? "scorecards.full" : "scorecards.lost")}
                  </Tag>
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Level by level: every condition, whether it holds, and what it looked at. */
export function Levels({ card }: { card: Scorecard }) {
  const { t, say } = useSpeech();
  return (
    <div className="score-levels">
      {card.levels.map((level) => (
        <section key={level.id} className="card" aria-label={say(level.title)}>
          <h2>
            {say(level.title)} <span aria-hidden="true">{"★".repeat(level.stars)}</span>{" "}
            <Tag tone={level.held ? "ok" : "na"}>
              {t(level.held ? "scorecards.held" : "scorecards.notHeld")}
            </Tag>
          </h2>
          <ul className="plain score-items">
            {level.conditions.map((one) => (
              <li key={one.id}>
                <div>
                  {say(one.title)} <ClauseRefs clauses={one.clauses} />
                  <Read read={one.read} card={card} />
                </div>
                <div className="score-points">
                  {one.held === null ? (
                    <Tag>{t("scorecards.unrated")}</Tag>
                  ) : (
                    <Tag tone={one.held ? "ok" : "bad"}>
                      {t(one.held ? "scorecards.met" : "scorecards.unmet")}
                    </Tag>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
