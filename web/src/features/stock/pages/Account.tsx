import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import type { LedgerAccount } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ListPages } from "@/shared/list/ListPages";
import { amount } from "@/shared/ledger/words";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { accountBook, accountQuery } from "../api/queries";
import { Entries } from "../components/Entries";
import "./stock.css";

/** The page of one account: what it holds, and every posting with its reason and its case. */
export default function Account() {
  const { t } = useSpeech();
  const [search] = useSearchParams();
  const path = search.get("path") ?? "";
  if (!path) return <Blank title={t("stock.noAccount")} text={t("stock.noAccountText")} />;
  return <Page key={path} path={path} />;
}

function Page({ path }: { path: string }) {
  const { t } = useSpeech();
  const found = useInfiniteQuery(accountQuery(path));
  const account = found.data?.pages[0]?.account;
  if (found.isPending) {
    return (
      <div className="card">
        <Loading lines={9} />
      </div>
    );
  }
  if (!account) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <div className="stack">
      <Head of={account} />
      <ListPages
        found={found}
        empty={{ title: t("stock.noEntries"), text: t("stock.noEntriesText") }}
      >
        {(rows) => <Entries rows={rows} counts={account.counts} />}
      </ListPages>
    </div>
  );
}

function Head({ of }: { of: LedgerAccount }) {
  const { t, say } = useSpeech();
  const { unit } = of.account;
  return (
    <section className="card">
      <div className="card-head">
        <h1>{say(of.account.words)}</h1>
        {of.source && <Tag tone="line">{t("stock.source")}</Tag>}
        {of.closed_at && <Tag>{t("stock.closed")}</Tag>}
        <span className="push row">
          {unit && <Link to={`/unit/${unit}`}>{t("stock.vehicle")}</Link>}
          <a className="ant-btn-like" href={accountBook(of.account.path)} download>
            {t("stock.export")}
          </a>
        </span>
      </div>
      <div className="row">
        <span className="muted">{t("stock.balance")}</span>
        <b className="stock-balance">{amount(of.counts, of.balance, t)}</b>
        {of.at_most !== null && (
          <span className="muted">
            {t("stock.quota", { amount: amount(of.counts, of.at_most, t) })}
          </span>
        )}
        <span className="muted small mono">{of.account.path}</span>
      </div>
    </section>
  );
}
