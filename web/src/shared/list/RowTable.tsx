import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useSpeech } from "@/shared/i18n";
import type { ListColumn } from "./columns";
import "./list.css";

interface Props<R> {
  columns: readonly ListColumn<R>[];
  rows: readonly R[];
  id: (row: R) => string;
  /** Where a click on the row leads. */
  to: (row: R) => string;
  /** A cell before all others, for ticking rows. */
  before?: { head: ReactNode; cell: (row: R) => ReactNode };
}

/** Rows under a head that stays; the whole row opens. */
export function RowTable<R>({ columns, rows, id, to, before }: Props<R>) {
  const { t } = useSpeech();
  const go = useNavigate();
  return (
    <div className="card scroll-x row-table">
      <table className="paper-table">
        <thead>
          <tr>
            {before && <th className="row-tick">{before.head}</th>}
            {columns.map((column) => (
              <th key={column.id} className={column.num ? "num" : undefined}>
                {t(column.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={id(row)}
              onClick={(event) => {
                // A link, a box or a button in the row does its own.
                if ((event.target as Element).closest("a,button,input,label")) return;
                void go(to(row));
              }}
            >
              {before && <td className="row-tick">{before.cell(row)}</td>}
              {columns.map((column) => (
                <td key={column.id} className={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cellClass = <R,>(column: ListColumn<R>) =>
  [column.num && "num", (column.nowrap || column.fixed) && "nowrap"].filter(Boolean).join(" ");
