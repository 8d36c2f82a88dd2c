import { useInfiniteQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { Choose, Find } from "@/shared/list/Filters";
import { ListBar } from "@/shared/list/ListBar";
import { ListPages } from "@/shared/list/ListPages";
import { Pick } from "@/shared/ui/Pick";
import { accountsBook, accountsQuery } from "../api/queries";
import { AccountRows } from "../components/AccountRows";
import { useFilter } from "@/shared/useFilter";
import "./stock.css";

const areas = [
  "stock",
  "reserved",
  "transit",
  "fitted",
  "old",
  "scrap",
  "difference",
  "supplier",
  "station",
] as const;

/** All accounts by area, with what each holds. */
export default function Accounts() {
  const { t } = useSpeech();
  const [asked, put] = useFilter(["prefix", "all"] as const);
  const filter = { prefix: asked.prefix, in_use: asked.all === "" };
  const found = useInfiniteQuery(accountsQuery(filter));
  const area = areas.find((each) => each === asked.prefix.split("/")[0]);
  return (
    <>
      <div className="page-head">
        <h1>{t("stock.accounts")}</h1>
        <span className="push row">
          <a className="stock-book" href={accountsBook(filter)} download>
            {t("stock.export")}
          </a>
        </span>
      </div>
      <div className="list-filters">
        <Choose
          label={t("stock.area")}
          width={150}
          value={area ?? ""}
          options={areas.map((each) => ({ value: each, label: t(`stock.area_${each}`) }))}
          put={(next) => put("prefix", next)}
        />
        <Find
          className="mono"
          label={t("stock.accountSearch")}
          value={asked.prefix}
          put={(next) => put("prefix", next)}
        />
        <Pick
          label={t("stock.which")}
          options={[
            { value: "used", label: t("stock.inUse") },
            { value: "all", label: t("stock.everything") },
          ]}
          value={filter.in_use ? "used" : "all"}
          set={(next) => put("all", next === "all" ? "1" : null)}
        />
      </div>
      <ListBar list="accounts" />
      <ListPages
        found={found}
        empty={{ title: t("stock.noAccounts"), text: t("stock.noAccountsText") }}
      >
        {(rows) => <AccountRows rows={rows} />}
      </ListPages>
    </>
  );
}
