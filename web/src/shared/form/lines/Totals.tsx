import type { Line } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import "./lines.css";
import { totalName, totals } from "./totals";

/** What the customer pays, large; what the others bear, beside it. */
export function Totals({ lines }: { lines: readonly Line[] }) {
  const { t } = useSpeech();
  const { shares, declined } = totals(lines);
  if (shares.length === 0 && declined === 0) return null;
  const withCustomer = shares.some(([share]) => share === "customer")
    ? shares
    : ([["customer", 0], ...shares] as typeof shares);
  return (
    <div className="totals">
      {withCustomer.map(([share, sum]) => (
        <span key={share} className={share === "customer" ? "total-main" : "sub"}>
          {t(totalName[share])} <b>{yuan(sum)}</b>
        </span>
      ))}
      {declined > 0 && (
        <span className="muted small">{t("form.totalDeclined", { n: declined })}</span>
      )}
    </div>
  );
}
