import type { LedgerAccount } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { AccountName } from "@/shared/ledger/AccountName";
import { amount } from "@/shared/ledger/words";
import { Tag } from "@/shared/ui/Tag";
import { usePhone } from "@/shared/ui/usePhone";

function Marks({ row }: { row: LedgerAccount }) {
  const { t } = useSpeech();
  return (
    <>
      {row.source && <Tag tone="line">{t("stock.source")}</Tag>}{" "}
      {row.closed_at && <Tag>{t("stock.closed")}</Tag>}{" "}
      {row.at_most !== null && (
        <Tag tone="line">
          {t("stock.quota", { amount: amount(row.counts, row.at_most, t) })}
        </Tag>
      )}
    </>
  );
}

/** Accounts with what they hold; cards on a phone. */
export function AccountRows({ rows }: { rows: LedgerAccount[] }) {
  const { t } = useSpeech();
  const phone = usePhone();
  if (phone) {
    return (
      <div className="stack" style={{ gap: 10 }}>
        {rows.map((row) => (
          <div key={row.account.path} className="card">
            <AccountName account={row.account} />
            <div className="row">
              <b>{amount(row.counts, row.balance, t)}</b>
              <Marks row={row} />
            </div>
          </div>
        ))}
      </div>
    );
  }
  return (
    <div className="card scroll-x" style={{ padding: 0 }}>
      <table className="paper-table">
        <thead>
          <tr>
            <th>{t("stock.account")}</th>
            <th>{t("stock.owner")}</th>
            <th className="num">{t("stock.balance")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.account.path}>
              <td>
                <AccountName account={row.account} /> <Marks row={row} />
                <div className="muted small mono">{row.account.path}</div>
              </td>
              <td>{row.owner ?? t("stock.company")}</td>
              <td className="num">{amount(row.counts, row.balance, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
