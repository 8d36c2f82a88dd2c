import type { PriceCell } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Tag } from "@/shared/ui/Tag";

/**
 * A price with where it stands: since when, at which level, by which clause, and what is next.
 * A list says only what the company has set itself; the rest is the standard's own.
 */
export function Amount({ cell, brief = false }: { cell: PriceCell; brief?: boolean }) {
  const { t } = useSpeech();
  return (
    <div className="price-cell">
      {cell.amount === null ? (
        <span className="muted">{t("prices.unpriced")}</span>
      ) : (
        <b>{yuan(cell.amount)}</b>
      )}
      {cell.amount !== null && (cell.since || !brief) && (
        <span className="muted small">
          {cell.since ? t("prices.since", { day: cell.since }) : t("prices.baseline")}
          {cell.stars !== null && ` · ${t("prices.star", { n: cell.stars })}`}
        </span>
      )}
      {!brief && cell.clauses.length > 0 && (
        <span>
          <ClauseRefs clauses={cell.clauses} />
        </span>
      )}
      {cell.next && (
        <Tag tone="warn">
          {t("prices.next", { day: cell.next.from, price: yuan(cell.next.amount) })}
        </Tag>
      )}
    </div>
  );
}
