import Button from "antd/es/button";
import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";
import type { Unit } from "../api/queries";
import { kinds, standingName } from "../units";

/** A unit of the register: what it is, its nameplate, who is certified, and what is amiss. */
export function UnitRow({ unit, depth, edit }: { unit: Unit; depth: number; edit?: () => void }) {
  const { t } = useSpeech();
  const kind = kinds.find(([word]) => word === unit.kind)?.[1];
  const station = unit.kind === "station";
  const place = [unit.province, unit.city, unit.address].filter(Boolean).join(" ");
  return (
    <li style={{ "--depth": depth } as React.CSSProperties} aria-label={unit.name}>
      <b>{unit.name}</b>
      <span className="muted mono">{unit.code}</span>
      <span className="muted">{kind ? t(kind) : unit.kind}</span>
      {unit.stars !== null && (
        <span aria-label={t("staff.starsOf", { n: unit.stars })}>{"★".repeat(unit.stars)}</span>
      )}
      {place && <span className="muted">{place}</span>}
      {unit.phone && <span className="muted">{unit.phone}</span>}
      {unit.nameplate && (
        <span className="muted">{t("staff.plateOf", { no: unit.nameplate })}</span>
      )}
      {unit.standing !== "active" && (
        <Tag tone={unit.standing === "closed" ? "na" : "bad"}>
          {t(standingName(unit.standing))}
        </Tag>
      )}
      {!unit.registered && unit.standing !== "closed" && (
        <Tag tone="warn">{t("staff.notRegistered")}</Tag>
      )}
      {unit.lacks_station && <Tag tone="bad">{t("staff.lacksStation")}</Tag>}
      {station && unit.standing !== "closed" && unit.certified === 0 && (
        <Tag tone="warn">{t("staff.nobodyCertified")}</Tag>
      )}
      {unit.certified > 0 && (
        <span className="muted">
          {t("staff.certifiedOf", { n: unit.certified, day: unit.certificate_ends ?? "" })}
        </span>
      )}
      {unit.set_by &&
        (unit.set_by.id ? (
          <Link to={`/case/${unit.set_by.id}`}>
            {t("staff.setBy", { number: unit.set_by.number })}
          </Link>
        ) : (
          <span className="muted">{t("staff.setBy", { number: unit.set_by.number })}</span>
        ))}
      {edit && (
        <Button size="small" className="push" onClick={edit}>
          {t("staff.edit")}
        </Button>
      )}
    </li>
  );
}
