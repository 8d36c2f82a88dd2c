import type { Counts, LedgerEntry } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { AccountName, CaseLink, Serials } from "@/shared/ledger/AccountName";
import { amount, signed } from "@/shared/ledger/words";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Tag } from "@/shared/ui/Tag";
import { usePhone } from "@/shared/ui/usePhone";
import { When, Who } from "./Happened";

interface Props {
  rows: LedgerEntry[];
  counts: Counts;
}

// A serial each is a row of the books; its transaction and serial name it.
const key = (row: LedgerEntry) => `${row.transaction}/${row.serial ?? ""}`;

/** What was posted, where it came from or went, and by its case; cards on a phone. */
export function Entries({ rows, counts }: Props) {
  const phone = usePhone();
  return phone ? <Cards rows={rows} counts={counts} /> : <Table rows={rows} counts={counts} />;
}

/** What it was, and why it may be: title, clause, whether it was undone. */
function What({ row }: { row: LedgerEntry }) {
  const { t, say } = useSpeech();
  return (
    <>
      {say(row.title)} {row.reversed_by && <Tag>{t("stock.undone")}</Tag>}{" "}
      <ClauseRefs clauses={row.clauses} />
    </>
  );
}

function Others({ row }: { row: LedgerEntry }) {
  return row.counter.map((each) => (
    <div key={each.account.path} className="small">
      <span className="muted" aria-hidden="true">
        {row.change > 0 ? "← " : "→ "}
      </span>
      <AccountName account={each.account} short />
    </div>
  ));
}

function Table({ rows, counts }: Props) {
  const { t } = useSpeech();
  return (
    <div className="card scroll-x" style={{ padding: 0 }}>
      <table className="paper-table stock-entries">
        <thead>
          <tr>
            <th>{t("stock.when")}</th>
            <th>{t("stock.what")}</th>
            <th className="num">{t("stock.change")}</th>
            <th className="num">{t("stock.after")}</th>
            <th>{t("stock.paper")}</th>
            <th>{t("stock.who")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={key(row)}>
              <td>
                <When of={row} />
              </td>
              <td>
                <What row={row} />
                <Others row={row} />
                {row.serial && <Serials of={[row.serial]} />}
              </td>
              <td className={`num ${row.change < 0 ? "stock-out" : "stock-in"}`}>
                {signed(counts, row.change)}
              </td>
              <td className="num">{amount(counts, row.balance, t)}</td>
              <td>
                <CaseLink of={row.case} from={row.import} />
              </td>
              <td>
                <Who of={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ rows, counts }: Props) {
  const { t } = useSpeech();
  return (
    <div className="stack" style={{ gap: 10 }}>
      {rows.map((row) => (
        <div key={key(row)} className="card">
          <div className="row">
            <What row={row} />
            <b className={`push ${row.change < 0 ? "stock-out" : "stock-in"}`}>
              {signed(counts, row.change)}
            </b>
          </div>
          <Others row={row} />
          {row.serial && <Serials of={[row.serial]} />}
          <div className="row small">
            <When of={row} />
            <CaseLink of={row.case} from={row.import} />
            <span className="muted">
              <Who of={row} />
            </span>
            <span className="push muted">
              {t("stock.after")} {amount(counts, row.balance, t)}
            </span>
          </div>
        </div>
      ))}
    </div>
  );
}
