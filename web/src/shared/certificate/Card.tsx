import { Link } from "react-router";
import type { CertificateRow, Standing } from "@/api/types";
import { type Key, type Speech, useSpeech } from "@/shared/i18n";
import { Tag, type Tone } from "@/shared/ui/Tag";
import "./certificate.css";

export const standingName: Record<Standing, Key> = {
  valid: "certificates.valid",
  expiring: "certificates.expiring",
  expired: "certificates.expired",
  withdrawn: "certificates.withdrawn",
  missing: "certificates.missing",
};

const tone: Record<Standing, Tone> = {
  valid: "ok",
  expiring: "warn",
  expired: "bad",
  withdrawn: "bad",
  missing: "na",
};

/** How long it still holds, in words. */
function left(row: CertificateRow, t: Speech["t"]): string | null {
  if (row.days_left === null) return null;
  if (row.days_left === 0) return t("certificates.lastDay");
  return row.days_left > 0
    ? t("certificates.daysLeft", { n: row.days_left })
    : t("certificates.daysOver", { n: -row.days_left });
}

/** One person's certificate (维修上岗证) as it hangs on the wall. */
export function CertificateCard({ row }: { row: CertificateRow }) {
  const { t, say } = useSpeech();
  return (
    <article className={`certificate ${row.standing}`} aria-label={row.person.name}>
      <header>
        <b>{row.person.name}</b>
        <Tag tone={tone[row.standing]}>{t(standingName[row.standing])}</Tag>
      </header>
      <p className="certificate-number">{row.number ?? t("certificates.noNumber")}</p>
      {row.expires && (
        <p className="certificate-until">
          {t("certificates.through", { day: row.expires })}
          {row.standing !== "withdrawn" && <b>{left(row, t)}</b>}
        </p>
      )}
      <p className="certificate-skills">
        {row.skills.map((skill) => (
          <span key={skill.id}>{say(skill.title)}</span>
        ))}
      </p>
      {row.case_id && (
        <Link className="certificate-open" to={`/case/${row.case_id}`}>
          {t("certificates.open")}
        </Link>
      )}
    </article>
  );
}
