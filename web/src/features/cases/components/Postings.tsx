import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Posted, PostedMove } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { AccountName, Serials } from "@/shared/ledger/AccountName";
import { amount } from "@/shared/ledger/words";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { postingsQuery } from "../api/queries";

const FEW = 5;

/** What this case moved in the books: parts and money, from where to where, in words. */
export function Postings({ id, version }: { id: string; version: number }) {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  const found = useQuery(postingsQuery(id, version));
  const rows = [...(found.data?.items ?? [])].reverse();
  return (
    <section className="card postings">
      <div className="card-head">
        <h2>{t("stock.ledger")}</h2>
        {rows.length > 0 && (
          <span className="muted small">{t("stock.ledgerCount", { n: rows.length })}</span>
        )}
      </div>
      {found.isPending && <Loading lines={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <p className="muted">{t("stock.noPostings")}</p>}
      <ul>
        {(all ? rows : rows.slice(0, FEW)).map((row) => (
          <Transaction key={row.id} of={row} />
        ))}
      </ul>
      {rows.length > FEW && !all && (
        <button type="button" className="link small" onClick={() => setAll(true)}>
          {t("words.more")}
        </button>
      )}
    </section>
  );
}

function Transaction({ of }: { of: Posted }) {
  const { t, say } = useSpeech();
  return (
    <li className={of.reversed_by ? "muted" : ""}>
      <div className="row">
        <span>{say(of.title)}</span>
        {of.reversed_by && <Tag>{t("stock.undone")}</Tag>}
        <ClauseRefs clauses={of.clauses} />
        <small className="push muted">
          {shortTime(of.occurred_at, now())} {of.actor?.name ?? t("stock.system")}
        </small>
      </div>
      {of.moves.map((move) => (
        <Moved key={`${move.from.path}>${move.to.path}${move.part?.code}`} of={move} />
      ))}
    </li>
  );
}

/** Accounts of what counts once: a move there says that it happened, its amount says nothing. */
const ONCE = /^(label|float_year)\//;

function Moved({ of }: { of: PostedMove }) {
  const { t, say } = useSpeech();
  const once = [of.to, of.from].find((account) => ONCE.test(account.path));
  if (once) {
    return (
      <div className="small moved">
        <AccountName account={once} short />
      </div>
    );
  }
  return (
    <div className="small moved">
      <AccountName account={of.from} short /> <span aria-hidden="true">→</span>{" "}
      <AccountName account={of.to} short />
      {": "}
      {of.part && `${say(of.part.title)} `}
      <b>{amount(of.counts, of.amount, t)}</b>{" "}
      {of.serials.length > 0 && <Serials of={of.serials} />}
    </div>
  );
}
