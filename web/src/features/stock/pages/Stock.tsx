import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { StockRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Find } from "@/shared/list/Filters";
import { ListBar } from "@/shared/list/ListBar";
import { ListPages } from "@/shared/list/ListPages";
import { Pick } from "@/shared/ui/Pick";
import { usePhone } from "@/shared/ui/usePhone";
import { stockBook, stockQuery } from "../api/queries";
import { Behind } from "../components/Behind";
import { Labels } from "../components/Labels";
import { OpenPaper, Papers } from "../components/Papers";
import { Reorder } from "../components/Reorder";
import { StockCards, StockTable } from "../components/StockRows";
import { useFilter } from "@/shared/useFilter";
import "./stock.css";

/** What is where: free, kept, under way, old; what has to be ordered; the papers on the road. */
export default function Stock() {
  const { t } = useSpeech();
  const phone = usePhone();
  const [asked, put] = useFilter(["q", "warehouse", "below"] as const);
  const [behind, setBehind] = useState<StockRow | null>(null);
  const [label, setLabel] = useState<StockRow | null>(null);
  const filter = { q: asked.q, warehouse: asked.warehouse, below: asked.below !== "" };
  const found = useInfiniteQuery(stockQuery(filter));
  const empty = filter.q
    ? { title: t("stock.noneFound"), text: t("stock.noneFoundText") }
    : filter.below
      ? { title: t("stock.noneBelow") }
      : { title: t("stock.empty"), text: t("stock.emptyText") };
  const List = phone ? StockCards : StockTable;
  return (
    <>
      <div className="page-head">
        <h1>{t("stock.title")}</h1>
        <span className="push row">
          <OpenPaper />
          <a className="ant-btn-like" href={stockBook(filter)} download>
            {t("stock.export")}
          </a>
        </span>
      </div>
      <div className="columns stock-columns">
        <div>
          <div className="list-filters">
            <Find label={t("stock.search")} value={filter.q} put={(next) => put("q", next)} />
            <Pick
              label={t("stock.which")}
              options={[
                { value: "all", label: t("stock.everything") },
                { value: "below", label: t("stock.below") },
              ]}
              value={filter.below ? "below" : "all"}
              set={(next) => put("below", next === "below" ? "1" : null)}
            />
          </div>
          <ListBar list="stock" />
          <Reorder filter={filter} show={() => put("below", "1")} />
          <ListPages found={found} empty={empty}>
            {(rows) => <List rows={rows} show={setBehind} label={setLabel} />}
          </ListPages>
        </div>
        <aside>
          <Papers />
        </aside>
      </div>
      {behind && <Behind row={behind} close={() => setBehind(null)} />}
      {label && (
        <Labels part={label.part} tracked={label.tracked} close={() => setLabel(null)} />
      )}
    </>
  );
}
