import { Link } from "react-router";
import type { Unit } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** Every part the file knows, with its serial and since when it is in the vehicle. */
export function Parts({ unit }: { unit: Unit }) {
  const { t, say } = useSpeech();
  if (unit.components.length === 0) return null;
  return (
    <section className="card">
      <h2>{t("unit.components")}</h2>
      <div className="scroll-x">
        <table className="paper-table">
          <tbody>
            {unit.components.map((part) => (
              <tr key={`${part.component}${part.serial}`}>
                <td>{say(part.title)}</td>
                <td className="mono">{part.serial ?? "–"}</td>
                <td className="sub">
                  {part.since &&
                    (part.replaced ? t("unit.replaced", { day: part.since }) : part.since)}
                </td>
                <td className="num">
                  {part.case && <Link to={`/case/${part.case}`}>{t("words.open")}</Link>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
