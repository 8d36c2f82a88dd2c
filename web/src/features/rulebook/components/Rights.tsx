import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import type { Text } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { type Right, rightsQuery, rulebookQuery } from "../api/queries";
import "./rights.css";

/** The statement of the consumer's rights (三包权利说明), as it is printed. */
export default function Rights() {
  const { t, say } = useSpeech();
  const rights = useQuery(rightsQuery);
  const { data: rulebook } = useQuery(rulebookQuery);
  if (rights.isPending) return <Loading lines={10} />;
  if (rights.isError) return <Failed error={rights.error} retry={() => void rights.refetch()} />;
  if (rights.data.items.length === 0) return <Blank title={t("words.none")} />;
  const company = rulebook?.release.packs.at(-1);
  return (
    <section className="card rights" aria-label={t("rulebook.rights")}>
      <div className="card-head">
        <h2>{t("rulebook.rights")}</h2>
        <span className="push no-print">
          <Button onClick={() => window.print()}>{t("rulebook.rightsPrint")}</Button>
        </span>
      </div>
      <p className="muted no-print">{t("rulebook.rightsHint")}</p>
      <table className="rights-table">
        <thead>
          <tr>
            <th>{t("rulebook.rightsPart")}</th>
            <th>{t("rulebook.rightsPeriod")}</th>
            <th>{t("rulebook.rightsStandard")}</th>
          </tr>
        </thead>
        <tbody>
          {rights.data.items.map((right) => (
            <Row key={right.component.zh} right={right} />
          ))}
        </tbody>
      </table>
      {rulebook && (
        <p className="muted small">
          {t("rulebook.rightsFoot", {
            company: say(company?.title),
            release: rulebook.release.short,
          })}
        </p>
      )}
    </section>
  );
}

function Row({ right }: { right: Right }) {
  const { t, say } = useSpeech();
  const list = (faults: Text[]) => faults.map(say).join(" / ");
  return (
    <tr>
      <th scope="row">{say(right.component)}</th>
      {right.excluded.length > 0 ? (
        <td colSpan={2}>
          {t("rulebook.rightsNever")} <ClauseRefs clauses={right.excluded} />
        </td>
      ) : (
        <>
          <td>
            {right.periods.map((period) => (
              <p key={`${period.span.zh}/${list(period.faults)}`}>
                <b>{say(period.span)}</b>
                {right.periods.length > 1 && (
                  <span className="muted small">
                    {" "}
                    {list(period.faults) || t("rulebook.rightsOther")}
                  </span>
                )}{" "}
                <ClauseRefs clauses={period.clauses} />
              </p>
            ))}
          </td>
          <td>
            {right.standards.map((one) => (
              <p key={`${list(one.faults)}/${one.conditions.map(say).join()}/${one.remedy.zh}`}>
                {list(one.faults)}
                {one.conditions.length > 0 &&
                  ` · ${t("rulebook.rightsWhen", { what: one.conditions.map(say).join(" · ") })}`}
                {" → "}
                <b className={one.covered ? "" : "muted"}>{say(one.remedy)}</b>{" "}
                <ClauseRefs clauses={one.clauses} />
              </p>
            ))}
          </td>
        </>
      )}
    </tr>
  );
}
