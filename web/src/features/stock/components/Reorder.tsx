import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import { processesQuery } from "@/api/queries/shared";
import type { StockRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { type StockFilter, papersQuery, stockQuery } from "../api/queries";

// As many rows as a request may have; a link that is longer than this is cut by some browsers too.
const MOST = 60;

/**
 * What has to be ordered, as something to be done: a press that lists it and, for who keeps the
 * station's own shelf, one that opens a request with all of it filled in.
 */
export function Reorder({ filter, show }: { filter: StockFilter; show: () => void }) {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const { data: processes } = useQuery(processesQuery);
  const asked = { q: "", warehouse: filter.warehouse, below: true };
  const found = useInfiniteQuery(stockQuery(asked));
  const low = found.data?.pages.flatMap((page) => page.items) ?? [];
  const due = low.filter((row) => row.suggested > 0);
  if (due.length === 0) return null;
  const may = processes?.items.some((each) => each.id === "parts_request" && each.can_open);
  const own = may ? due.filter((row) => row.warehouse === me?.org.code) : [];
  return (
    <div className="notice warn row stock-due">
      <span>{t("stock.toOrder", { n: due.length })}</span>
      {!filter.below && (
        <button type="button" className="link" onClick={show}>
          {t("stock.showToOrder")}
        </button>
      )}
      {own.length > 0 && (
        <Link className="ant-btn-like push" to={`/open/parts_request?${rows(own)}`}>
          {t("stock.request", { n: Math.min(own.length, MOST) })}
        </Link>
      )}
      {own.length > 0 && <Asked />}
    </div>
  );
}

/** What this station has asked for and is not yet under way: `suggested` knows nothing of it. */
function Asked() {
  const { t, say } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const reads = me?.permissions.includes("case_read") ?? false;
  const { data } = useQuery({ ...papersQuery, enabled: reads });
  const waits = data?.items.filter(
    (row) =>
      row.process === "parts_request" && row.state.id !== "shipped" && row.org.id === me?.org.id,
  );
  if (!waits?.length) return null;
  return (
    <p className="small stock-asked">
      {t("stock.asked")}{" "}
      {waits.map((row) => (
        <Link key={row.id} to={`/case/${row.id}`}>
          {row.number} {say(row.state.title)}
        </Link>
      ))}
    </p>
  );
}

/** A request of what a row lacks, as the form reads it. */
export function rows(due: readonly StockRow[]): URLSearchParams {
  const wanted = due.slice(0, MOST).map((row) => `${row.part.code}*${row.suggested}`);
  return new URLSearchParams({ "rows.requested": wanted.join(",") });
}
