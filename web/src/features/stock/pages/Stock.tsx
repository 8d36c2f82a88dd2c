import { useInfiniteQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import { useState } from "react";
import type { StockRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ListBar } from "@/shared/list/ListBar";
import { Pick } from "@/shared/ui/Pick";
import { usePhone } from "@/shared/ui/usePhone";
import { stockBook, stockQuery } from "../api/queries";
import { Behind } from "../components/Behind";
import { Labels } from "../components/Labels";
import { OpenPaper, Papers } from "../components/Papers";
import { Reorder } from "../components/Reorder";
import { Results } from "../components/Results";
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
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
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
          <div className="stock-filters">
            <Input
              className="grow"
              allowClear
              defaultValue={filter.q}
              placeholder={t("stock.search")}
              aria-label={t("stock.search")}
              onPressEnter={(event) => put("q", event.currentTarget.value.trim())}
              onChange={(event) => event.target.value === "" && put("q", null)}
            />
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
          <Results found={found} count={rows.length} empty={empty}>
            <List rows={rows} show={setBehind} label={setLabel} />
          </Results>
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
