import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { Unit } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { monthsBetween } from "@/shared/time/format";
import { Tag } from "@/shared/ui/Tag";
import { Campaigns } from "./Campaigns";
import { CoverageBars } from "./CoverageBars";
import { HeedLines } from "./HeedLines";
import { Owner } from "./Owner";
import { Standing } from "./Standing";

const usageName: Record<string, Key> = {
  household: "unit.household",
  commercial: "unit.commercial",
};

/** The vehicle as the desk wants it: who, what, since when, and what is covered until when. */
export function Vehicle({ unit, act, title }: { unit: Unit; act?: ReactNode; title?: ReactNode }) {
  const { t, say } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const { coverage } = unit;
  const bought = unit.invoice_date ?? unit.sold_on;
  const frame = unit.frame_no ?? "";
  return (
    <section className="card">
      <div className="vehicle-head">
        <div>
          <h1>
            {title ?? (say(unit.model?.title) || unit.make)}
            <span className="frame-no">
              {frame.slice(0, -4)}
              <b>{frame.slice(-4)}</b>
            </span>
          </h1>
          <p className="sub dots">
            <span>{unit.owner ? <Owner owner={unit.owner} /> : t("unit.ownerNone")}</span>
            {unit.owner?.id && me?.permissions.includes("customer_read") && (
              <Link to={`/customer/${unit.owner.id}`}>{t("customers.file")}</Link>
            )}
            {bought && <span>{t("unit.soldOn", { day: bought })}</span>}
            {unit.org && <span>{unit.org.name}</span>}
            {unit.usage && (
              <span>{usageName[unit.usage] ? t(usageName[unit.usage] as Key) : unit.usage}</span>
            )}
          </p>
          {unit.owner?.id && <Standing customer={unit.owner.id} />}
        </div>
        {act}
      </div>
      {unit.hazard && (
        <p className="notice bad out-of-use" role="alert">
          <b>{t("unit.outOfUse")}</b>
          {t("unit.outOfUseText")}{" "}
          <Link to={`/case/${unit.hazard.id}`}>{unit.hazard.number}</Link>
        </p>
      )}
      {unit.heeded && <HeedLines heeded={unit.heeded} />}
      {unit.campaigns && <Campaigns campaigns={unit.campaigns} unit={unit.id} />}
      <div className="card-head">
        <h2>{t("unit.coverage")}</h2>
        <span className="muted small">
          {coverage && t("unit.asOf", { day: coverage.today })}
          {coverage?.starts &&
            ` · ${t("unit.months", { n: monthsBetween(coverage.starts, coverage.today) })}`}
        </span>
        {unit.unverified && <Tag tone="warn">{t("unit.unverified")}</Tag>}
        {!unit.in_scope && <span className="muted small">{t("unit.outOfScope")}</span>}
      </div>
      {coverage ? (
        <CoverageBars coverage={coverage} />
      ) : (
        <p className="muted">{t("unit.noCoverage")}</p>
      )}
    </section>
  );
}
