import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { outletsQuery } from "../api/queries";

/** How far service outlets reach (网点覆盖), those provinces first that have users and none. */
export function Reach() {
  const { t } = useSpeech();
  const found = useQuery(outletsQuery);
  if (found.isPending) return <Loading lines={6} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { rows, regions, covered } = found.data;
  if (rows.length === 0) {
    return <Blank title={t("quality.noOutlets")} text={t("quality.noOutletsText")} />;
  }
  return (
    <section className="card" aria-label={t("quality.outlets")}>
      <p>{t("quality.covered", { regions, n: covered })}</p>
      <table className="reach">
        <thead>
          <tr>
            <th>{t("quality.region")}</th>
            <th className="num">{t("quality.shops")}</th>
            <th className="num">{t("quality.sold")}</th>
            <th className="num">{t("quality.users")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.region ?? ""}>
              <td>
                {row.region ?? t("quality.noRegion")}{" "}
                {row.missing && <Tag tone="warn">{t("quality.missing")}</Tag>}
              </td>
              <td className="num">{row.outlets}</td>
              <td className="num">{row.vehicles}</td>
              <td className="num">{row.users}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
