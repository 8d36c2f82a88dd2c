import type { Text } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { type Rate, percent } from "../api/queries";

interface Props {
  title: string;
  head: string;
  rows: readonly Rate[];
  chosen: string;
  choose: (id: string | null) => void;
  /** What is said of a row without a name. */
  nameless: string;
}

/** How far each outlet or model has come, the one with most left first; one narrows the list. */
export function Rates({ title, head, rows, chosen, choose, nameless }: Props) {
  const { t, say } = useSpeech();
  const name = (text: Text) => say(text) || nameless;
  return (
    <section className="card campaign-rates">
      <h2>{title}</h2>
      <div className="scroll-x">
        <table className="paper-table">
          <thead>
            <tr>
              <th>{head}</th>
              <th className="num">{t("campaigns.rate")}</th>
              <th className="num">{t("campaigns.done")}</th>
              <th className="num">{t("campaigns.left")}</th>
              <th className="num">{t("campaigns.listed")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <button
                    type="button"
                    className="link"
                    aria-pressed={row.id === chosen}
                    disabled={row.id === ""}
                    onClick={() => choose(row.id === chosen ? null : row.id)}
                  >
                    {name(row.title)}
                  </button>
                </td>
                <td className="num">{percent(row.rate_permille)}</td>
                <td className="num">{row.done}</td>
                <td className="num">{row.left}</td>
                <td className="num">{row.listed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
