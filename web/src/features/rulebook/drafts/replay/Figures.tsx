import type { ReplayReport } from "@/api/replay";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";

/** The totals in big figures: how many change, what it costs or saves, what nobody can know. */
export function Figures({ report }: { report: ReplayReport }) {
  const { t, lang } = useSpeech();
  const { verdicts, changed, cost_fen: cost, unknown } = report.total;
  const number = new Intl.NumberFormat(lang);
  const share = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 1 });
  return (
    <section className="card">
      <dl className="replay-figures">
        <div>
          <dt>{t("replay.changed")}</dt>
          <dd>{number.format(changed)}</dd>
          <dd className="muted small">
            {t("replay.ofAll", {
              n: number.format(verdicts),
              share: share.format(verdicts ? changed / verdicts : 0),
            })}
          </dd>
        </div>
        <div>
          <dt>{t(cost < 0 ? "replay.saves" : "replay.costs")}</dt>
          <dd className={cost > 0 ? "replay-more" : cost < 0 ? "replay-less" : ""}>
            {yuan(Math.abs(cost))}
          </dd>
          <dd className="muted small">{t("replay.byMaker")}</dd>
        </div>
        <div>
          <dt>{t("replay.unknown")}</dt>
          <dd>{number.format(unknown)}</dd>
          <dd className="muted small">{t("replay.unknownHint")}</dd>
        </div>
      </dl>
      <p className="muted small">{t("replay.prices")}</p>
    </section>
  );
}
