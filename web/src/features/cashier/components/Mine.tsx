import { Link } from "react-router";
import type { CashierDesk } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { dateTime } from "@/shared/time/format";

/** What I took and gave back since my last count, and what my till holds. */
export function Mine({ desk }: { desk: CashierDesk }) {
  const { t, say } = useSpeech();
  return (
    <section className="card stack">
      <h2>{t("cashier.mine")}</h2>
      {desk.blind && <p className="muted">{t("cashier.blind")}</p>}
      {desk.till.length > 0 && (
        <p className="cashier-till">
          <span className="muted">{t("cashier.inHand")}</span>
          {desk.till.map((sum) => (
            <span key={sum.means}>
              {say(sum.title)} <b>{yuan(sum.amount)}</b>
            </span>
          ))}
        </p>
      )}
      {desk.entries.length === 0 ? (
        <p className="muted">{t("cashier.noEntries")}</p>
      ) : (
        <ul className="cashier-entries">
          {desk.entries.map((entry, n) => (
            <li key={`${entry.case}-${n}`}>
              <span className="muted small">{dateTime(entry.at)}</span>
              <span>
                {entry.case ? <Link to={`/case/${entry.case}`}>{entry.number}</Link> : null}{" "}
                {say(entry.what)} · {say(entry.means)}
              </span>
              <b className={entry.amount < 0 ? "late" : ""}>{yuan(entry.amount)}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
