import type { CustodyMove, LedgerEntry } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { dateTime, shortTime } from "@/shared/time/format";
import { Tag } from "@/shared/ui/Tag";

/** What a line of the books and a step of a piece's life have in common. */
type Happened = Pick<LedgerEntry | CustodyMove, "occurred_at" | "recorded_at" | "actor">;

/** When it happened; what was entered later says so. */
export function When({ of, whole = false }: { of: Happened; whole?: boolean }) {
  const { t } = useSpeech();
  const at = of.recorded_at;
  const later = at.slice(0, 16) !== of.occurred_at.slice(0, 16);
  return (
    <span title={later ? t("stock.recordedAt", { at: dateTime(at) }) : undefined}>
      <span className="nowrap">
        {whole ? dateTime(of.occurred_at) : shortTime(of.occurred_at, now())}
      </span>{" "}
      {later && <Tag tone="warn">{t("cases.lateEntry")}</Tag>}
    </span>
  );
}

/** Who did it; a deadline has nobody's name. */
export function Who({ of }: { of: Happened }) {
  const { t } = useSpeech();
  return of.actor?.name ?? t("stock.system");
}
