import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link } from "react-router";
import type { Page } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
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
  const { t } = useSpeech();
  const phone = usePhone();
  if (found.isPending) {
    return (
      <div className="card">
        <Loading lines={9} />
      </div>
    );
  }
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const rows = found.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return (
      <div className="card">
        <Blank {...empty} />
      </div>
    );
  }
  return (
    <>
      {phone ? (
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
      )}
      {found.hasNextPage && (
        <div className="register-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("words.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
