import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Link } from "react-router";
import type { Page } from "@/api/types";
import { usePhone } from "@/shared/ui/usePhone";
import { ListPages } from "./ListPages";
import { RowTable } from "./RowTable";
import type { ListColumn } from "./columns";
import "./list.css";

interface Props<R> {
  found: UseInfiniteQueryResult<InfiniteData<Page<R>>>;
  columns: readonly ListColumn<R>[];
  id: (row: R) => string;
  to: (row: R) => string;
  empty: { title: string; text: string };
}

/** A register page by page: rows of a table, or on a phone a card each. */
export function RegisterList<R>({ found, columns, id, to, empty }: Props<R>) {
  const phone = usePhone();
  return (
    <ListPages found={found} empty={empty}>
      {(rows) =>
        phone ? (
          <div className="stack register-cards">
            {rows.map((row) => (
              <Link key={id(row)} to={to(row)} className="card register-card">
                {columns.map((column) => (
                  <span key={column.id} className={column.fixed ? "register-name" : "sub"}>
                    {column.card?.(row) ?? column.cell(row)}
                  </span>
                ))}
              </Link>
            ))}
          </div>
        ) : (
          <RowTable columns={columns} rows={rows} id={id} to={to} />
        )
      }
    </ListPages>
  );
}
