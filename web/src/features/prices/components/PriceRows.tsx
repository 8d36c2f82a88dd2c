import { Link } from "react-router";
import type { Price } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { Amount } from "./Amount";
import { Fits } from "./Fits";

const pathOf = (price: Price) => `/prices/${encodeURIComponent(price.code)}`;

/** What stands below the name: the code, and how a job comes to its price. */
export function Below({ price }: { price: Price }) {
  const { t } = useSpeech();
  const retail = price.prices.find((cell) => cell.class === "retail")?.amount ?? null;
  const hourly = price.standard && retail !== null ? (retail * 1000) / price.standard : null;
  return (
    <div className="muted small">
      {price.code} · {t(`prices.${price.kind}`)}
      {price.standard !== null && hourly !== null && (
        <>
          {" · "}
          {t("prices.perHour", { hours: price.standard / 1000, rate: yuan(hourly) })}
        </>
      )}
    </div>
  );
}

/** The price book as a table: a column for each class of buyers. */
export function PriceTable({ rows }: { rows: Price[] }) {
  const { t, say } = useSpeech();
  return (
    <div className="card scroll-x" style={{ padding: 0 }}>
      <table className="paper-table prices-table">
        <thead>
          <tr>
            <th>{t("prices.name")}</th>
            <th>{t("prices.models")}</th>
            <th className="num">{t("prices.ex_factory")}</th>
            <th className="num">{t("prices.wholesale")}</th>
            <th className="num">{t("prices.retail")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((price) => (
            <tr key={price.code}>
              <td>
                <Link to={pathOf(price)}>{say(price.title)}</Link>
                <Below price={price} />
              </td>
              <td>
                <Fits models={price.models} />
              </td>
              {price.prices.map((cell) => (
                <td key={cell.class} className="num">
                  <Amount cell={cell} brief />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same as cards for the phone. */
export function PriceCards({ rows }: { rows: Price[] }) {
  const { t, say } = useSpeech();
  return (
    <div className="stack" style={{ gap: 10 }}>
      {rows.map((price) => (
        <Link key={price.code} to={pathOf(price)} className="card price-card">
          <b>{say(price.title)}</b>
          <Below price={price} />
          <div className="price-classes">
            {price.prices.map((cell) => (
              <div key={cell.class}>
                <span className="muted small">{t(`prices.${cell.class}`)}</span>
                <Amount cell={cell} brief />
              </div>
            ))}
          </div>
        </Link>
      ))}
    </div>
  );
}
