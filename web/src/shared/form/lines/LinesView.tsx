import type { Line } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { Tag } from "@/shared/ui/Tag";
import { Totals } from "./Totals";
import { Charged } from "./Charged";
import { amount, kindName, payerName, payerTone } from "./totals";
import { useLineTitle } from "./useLineTitle";

/** Lines as they stand on the paper, not to be changed. */
export function LinesView({ lines }: { lines: readonly Line[] }) {
  const { t } = useSpeech();
  const title = useLineTitle();
  return (
    <>
      <div className="scroll-x">
        <table className="paper-table lines-view">
          <thead>
            <tr>
              <th>{t("form.lineItem")}</th>
              <th className="wide-only">{t("form.linePart")}</th>
              <th className="num">{t("form.lineQuantity")}</th>
              <th className="num wide-only">{t("form.linePrice")}</th>
              <th className="num">{t("form.lineAmount")}</th>
              <th>{t("form.linePayer")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id} className={line.declined ? "declined" : ""}>
                <td>
                  {line.declined ? <s>{title(line)}</s> : title(line)}
                  <Charged line={line} />
                  {line.reason && <div className="muted small">{line.reason}</div>}
                </td>
                <td className="wide-only muted">
                  <Serials line={line} />
                  {line.declined && t("form.lineDeclined")}
                </td>
                <td className="num">{line.declined ? "–" : line.quantity / 1000}</td>
                <td className="num wide-only">{line.declined ? "–" : yuan(line.unit_price)}</td>
                <td className="num">{line.declined ? "–" : yuan(amount(line))}</td>
                <td>
                  {line.declined ? (
                    "–"
                  ) : (
                    <Tag tone={payerTone(line.payer ?? "open")}>
                      {t(payerName[line.payer ?? "open"])}
                    </Tag>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Totals lines={lines} />
    </>
  );
}

function Serials({ line }: { line: Line }) {
  const { t } = useSpeech();
  const words = [
    line.item ?? t(kindName[line.kind]),
    line.old_serial && `${t("form.lineOldSerial")} ${line.old_serial}`,
    line.new_serial && `${t("form.lineNewSerial")} ${line.new_serial}`,
  ].filter(Boolean);
  return <>{words.join(" · ")}</>;
}
