import type { PriceHistory } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { now } from "@/shared/time/clock";
import { dateTime, dayOf } from "@/shared/time/format";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { EndPrice } from "./EndPrice";
import { type Standing, standings } from "./standing";

const look: Record<Standing, { tone: Tone; name: Key }> = {
  current: { tone: "ok", name: "prices.current" },
  future: { tone: "warn", name: "prices.future" },
  past: { tone: "na", name: "prices.past" },
  replaced: { tone: "na", name: "prices.replaced" },
};

/** Every price the company has set for a code, and the standard's own below. */
export function History({ history, may }: { history: PriceHistory; may: boolean }) {
  const { t } = useSpeech();
  const standing = standings(history.rows, dayOf(now()));
  return (
    <section className="card">
      <h2>{t("prices.history")}</h2>
      {history.rows.length === 0 && <p className="sub">{t("prices.noHistory")}</p>}
      <ol className="price-history">
        {history.rows.map((row, n) => {
          const { tone, name } = look[standing[n] ?? "past"];
          return (
            <li key={`${row.entered_at}/${row.class}/${row.stars ?? ""}/${row.effective_from}`}>
              <div className="row">
                <b>{row.ends ? t("prices.ended") : yuan(row.amount)}</b>
                <span>
                  {t(`prices.${row.class}`)}
                  {row.stars !== null && ` · ${t("prices.star", { n: row.stars })}`}
                </span>
                <span>{t("prices.since", { day: row.effective_from })}</span>
                {!(row.ends && standing[n] === "current") && <Tag tone={tone}>{t(name)}</Tag>}
                <ClauseRefs clauses={row.clauses} />
                {may && !row.ends && (standing[n] === "current" || standing[n] === "future") && (
                  <EndPrice code={history.item.code} row={row} />
                )}
              </div>
              <div className="muted small">
                {t("prices.enteredBy", {
                  name: row.entered_by.name,
                  at: dateTime(row.entered_at),
                })}
              </div>
            </li>
          );
        })}
        {history.baseline && (
          <li>
            <div className="row">
              {history.baseline.map((base) => (
                <span key={base.class}>
                  {t(`prices.${base.class}`)} <b>{yuan(base.amount)}</b>
                </span>
              ))}
              <Tag tone="line">{t("prices.baseline")}</Tag>
              <ClauseRefs clauses={history.baseline[0]?.clauses} />
            </div>
          </li>
        )}
      </ol>
    </section>
  );
}
