import { useQuery } from "@tanstack/react-query";
import Drawer from "antd/es/drawer";
import type { StockRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { AccountName } from "@/shared/ledger/AccountName";
import { amount } from "@/shared/ledger/words";
import { Failed, Loading } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { behindQuery } from "../api/queries";

/** Where the pieces of a row stand: free, kept for which case, under way by which waybill. */
export function Behind({ row, close }: { row: StockRow; close: () => void }) {
  const { t, say } = useSpeech();
  const phone = usePhone();
  const found = useQuery(behindQuery(row.warehouse, row.part.code));
  return (
    <Drawer
      open
      onClose={close}
      placement={phone ? "bottom" : "right"}
      title={`${say(row.part.title)} · ${say(row.warehouse_name)}`}
    >
      {found.isPending ? (
        <Loading />
      ) : found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <ul className="stock-behind">
          {found.data.items.length === 0 && <li className="muted">{t("stock.nowhere")}</li>}
          {found.data.items.map((each) => (
            <li key={each.account.path}>
              <AccountName account={each.account} short />
              <b className="num">{amount(each.counts, each.balance, t)}</b>
            </li>
          ))}
        </ul>
      )}
    </Drawer>
  );
}
