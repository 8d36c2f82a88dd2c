import type { PartRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import "./parts.css";

/** Rows of parts as they stand on the paper; of a count with the books beside them. */
export function PartsView({ rows, count = false }: { rows: readonly PartRow[]; count?: boolean }) {
  const { t, say } = useSpeech();
  const reasons = rows.some((row) => row.reason);
  const causes = rows.some((row) => row.cause);
  return (
    <div className="scroll-x">
      <table className="paper-table parts-view">
        <thead>
          <tr>
            <th>{t("parts.part")}</th>
            <th className="num">{t(count ? "parts.counted" : "parts.pieces")}</th>
            {count && <th className="num">{t("parts.booked")}</th>}
            {count && <th className="num">{t("parts.difference")}</th>}
            {causes && <th>{t("parts.cause")}</th>}
            {reasons && <th>{t("parts.plainReason")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => {
            const by = row.quantity - (row.booked ?? 0);
            return (
              <tr key={`${row.part}${place}`}>
                <td>
                  {say(row.title) || row.part}
                  <div className="muted small mono">{row.part}</div>
                  <Pieces row={row} count={count} />
                </td>
                <td className="num">{row.quantity}</td>
                {count && <td className="num">{row.booked ?? 0}</td>}
                {count && (
                  <td className={`num ${by < 0 ? "late" : by > 0 ? "soon" : "muted"}`}>
                    {by > 0 ? `+${by}` : by}
                  </td>
                )}
                {causes && <td>{row.cause}</td>}
                {reasons && <td>{row.reason}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The serials; of a count those the books lack or miss in their colour. */
function Pieces({ row, count }: { row: PartRow; count: boolean }) {
  const { t } = useSpeech();
  const found = count ? (row.found ?? []) : [];
  const missing = count ? (row.missing ?? []) : [];
  const plain = (row.serials ?? []).filter((serial) => !found.includes(serial));
  return (
    <>
      {plain.length > 0 && <div className="small mono serial-list">{plain.join("  ")}</div>}
      {found.length > 0 && (
        <div className="small soon">
          {t("parts.foundSerials")}: <span className="mono">{found.join("  ")}</span>
        </div>
      )}
      {missing.length > 0 && (
        <div className="small late">
          {t("parts.missingSerials")}: <span className="mono">{missing.join("  ")}</span>
        </div>
      )}
    </>
  );
}
