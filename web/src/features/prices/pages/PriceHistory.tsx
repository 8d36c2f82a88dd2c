import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { PriceHistory as Found } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { historyQuery } from "../api/queries";
import { Amount } from "../components/Amount";
import { EnterPrice } from "../components/EnterPrice";
import { Fits } from "../components/Fits";
import { History } from "../components/History";
import { Below } from "../components/PriceRows";
import "./prices.css";

/** One code: its prices in force, how they came to be, and for who may the next one. */
export default function PriceHistory() {
  const { t } = useSpeech();
  const { code = "" } = useParams();
  const found = useQuery(historyQuery(code));
  return (
    <>
      <Link to="/prices" className="price-back">
        {t("prices.back")}
      </Link>
      {found.isPending ? (
        <div className="card">
          <Loading lines={8} />
        </div>
      ) : found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Shown history={found.data} />
      )}
    </>
  );
}

function Shown({ history }: { history: Found }) {
  const { t, say } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const { item } = history;
  const may = me?.permissions.includes("price_edit") === true;
  return (
    <div className={item.rate !== null || may ? "columns" : ""}>
      <div className="stack">
        <section className="card">
          <div className="card-head">
            <h1>{say(item.title)}</h1>
            <Fits models={item.models} />
          </div>
          <Below price={item} />
          <div className="price-classes wide">
            {item.prices.map((cell) => (
              <div key={cell.class}>
                <span className="sub">{t(`prices.${cell.class}`)}</span>
                <Amount cell={cell} />
              </div>
            ))}
          </div>
        </section>
        <History history={history} may={may && item.rate === null} />
      </div>
      {item.rate !== null ? (
        <section className="card">
          <p className="sub">{t("prices.jobHint", { rate: item.rate })}</p>
          <Link to={`/prices/${encodeURIComponent(item.rate)}`}>{item.rate}</Link>
        </section>
      ) : (
        may && <EnterPrice key={item.code} item={item} />
      )}
    </div>
  );
}
