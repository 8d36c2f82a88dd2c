import { useInfiniteQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useSpeech } from "@/shared/i18n";
import { ListBar } from "@/shared/list/ListBar";
import { Pick } from "@/shared/ui/Pick";
import { accountsBook, accountsQuery } from "../api/queries";
import { AccountRows } from "../components/AccountRows";
import { Results } from "../components/Results";
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
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
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
      <div className="stock-filters">
        <Select
          allowClear
          style={{ minWidth: 150 }}
          placeholder={t("stock.area")}
          aria-label={t("stock.area")}
          value={area}
          options={areas.map((each) => ({ value: each, label: t(`stock.area_${each}`) }))}
          onChange={(next: string | undefined) => put("prefix", next ?? null)}
        />
        <Input
          key={asked.prefix}
          className="grow mono"
          allowClear
          defaultValue={asked.prefix}
          placeholder={t("stock.accountSearch")}
          aria-label={t("stock.accountSearch")}
          onPressEnter={(event) => put("prefix", event.currentTarget.value.trim())}
          onChange={(event) => event.target.value === "" && put("prefix", null)}
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
      <Results
        found={found}
        count={rows.length}
        empty={{ title: t("stock.noAccounts"), text: t("stock.noAccountsText") }}
      >
        <AccountRows rows={rows} />
      </Results>
    </>
  );
}
