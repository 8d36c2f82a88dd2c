import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import { processesQuery } from "@/api/queries/shared";
import type { StockRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";
import { rows as requested } from "./Reorder";

interface Props {
  rows: StockRow[];
  /** Opens where the pieces of a row stand. */
  show: (row: StockRow) => void;
  label: (row: StockRow) => void;
}

const figures = ["on_hand", "reserved", "in_transit", "old"] as const;
const heads = {
  on_hand: "stock.onHand",
  reserved: "stock.reserved",
  in_transit: "stock.inTransit",
  old: "stock.old",
} as const;

export const rowKey = (row: StockRow) => `${row.warehouse}/${row.part.code}`;

function Marks({ row }: { row: StockRow }) {
  const { t } = useSpeech();
  return (
    <>
      {row.below_reorder && <Tag tone="warn">{t("stock.order")}</Tag>}{" "}
      {row.tracked && <Tag tone="line">{t("stock.bySerial")}</Tag>}
    </>
  );
}

/** How many to order, and one press to ship them there for whoever ships from elsewhere. */
function Order({ row }: { row: StockRow }) {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const { data: processes } = useQuery(processesQuery);
  if (row.suggested === 0) return null;
  const ships = processes?.items.some((each) => each.id === "stock_transfer" && each.can_open);
  const requests = processes?.items.some((each) => each.id === "parts_request" && each.can_open);
  const there = me?.org.code === row.warehouse;
  const filled = new URLSearchParams({
    "v.ship_to": row.org ?? "",
    "rows.shipped": `${row.part.code}*${row.suggested}`,
  });
  return (
    <div className="small">
      {t("stock.suggested", { n: row.suggested })}{" "}
      {ships && !there && row.org && (
        <Link to={`/open/stock_transfer?${filled}`}>{t("stock.shipThere")}</Link>
      )}
      {requests && there && (
        <Link to={`/open/parts_request?${requested([row])}`}>{t("stock.requestOne")}</Link>
      )}
    </div>
  );
}

interface FigureProps {
  row: StockRow;
  of: keyof typeof heads;
  show: (row: StockRow) => void;
}

/** A number that opens what it is made of; nothing has nothing behind it. */
function Figure({ row, of, show }: FigureProps) {
  const { t } = useSpeech();
  const n = row[of];
  if (n === 0) return <span className="muted">0</span>;
  return (
    <button
      type="button"
      className={of === "on_hand" ? "link stock-main" : "link"}
      aria-label={`${t(heads[of])} ${n}`}
      onClick={() => show(row)}
    >
      {n}
    </button>
  );
}

/** Warehouse by part, with what is free, kept, under way and old. */
export function StockTable({ rows, show, label }: Props) {
  const { t, say } = useSpeech();
  return (
    <div className="card scroll-x" style={{ padding: 0 }}>
      <table className="paper-table">
        <thead>
          <tr>
            <th>{t("stock.part")}</th>
            <th>{t("stock.warehouse")}</th>
            {figures.map((of) => (
              <th key={of} className="num">
                {t(heads[of])}
              </th>
            ))}
            <th className="num">{t("stock.reorder")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={row.below_reorder ? "stock-low" : ""}>
              <td>
                {say(row.part.title)} <Marks row={row} />
                <div className="muted small">
                  {row.part.code}
                  {row.class && ` · ${t(`stock.${row.class}`)}`}
                </div>
              </td>
              <td>{say(row.warehouse_name)}</td>
              {figures.map((of) => (
                <td key={of} className="num">
                  <Figure row={row} of={of} show={show} />
                </td>
              ))}
              <td className="num">
                <span className="muted">{row.reorder_point ?? "–"}</span>
                <Order row={row} />
              </td>
              <td className="num">
                <button type="button" className="link small" onClick={() => label(row)}>
                  {t("stock.labels")}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same as cards for the phone. */
export function StockCards({ rows, show, label }: Props) {
  const { t, say } = useSpeech();
  return (
    <div className="stack" style={{ gap: 10 }}>
      {rows.map((row) => (
        <div key={rowKey(row)} className="card">
          <div className="row">
            <b>{say(row.part.title)}</b>
            <Marks row={row} />
          </div>
          <div className="muted small">
            {row.part.code} · {say(row.warehouse_name)}
          </div>
          <dl className="stock-figures">
            {figures.map((of) => (
              <div key={of}>
                <dt>{t(heads[of])}</dt>
                <dd>
                  <Figure row={row} of={of} show={show} />
                </dd>
              </div>
            ))}
          </dl>
          <div className="row small">
            <span className="muted">
              {t("stock.reorder")} {row.reorder_point ?? "–"}
            </span>
            <Order row={row} />
            <button type="button" className="link push" onClick={() => label(row)}>
              {t("stock.labels")}
            </button>
          </div>
        </div>
      ))}
    </div>
  );
}
