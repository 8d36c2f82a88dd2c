import type { LawLine, Verdict } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { missingWords } from "./words";

/** What the company and the law each give, and which release judged. */
export function Sides({ verdict }: { verdict: Verdict }) {
  const { t } = useSpeech();
  const { law, judged_by: by } = verdict;
  const company = law?.company;
  const given = company?.remedy ? t(`cases.${company.remedy}`) : t("cases.undecided");
  return (
    <>
      {law && law.rows.length > 0 && (
        <div className="verdict-sides">
          <p className={law.decides ? "verdict-side" : "verdict-side decides"}>
            <b>{t("cases.bySelf")}</b> {given}
            {company?.ends && ` · ${t("cases.lawUntil", { day: company.ends })}`}
          </p>
          {law.rows.map((line) => (
            <Line key={line.row} line={line} decides={line.row === law.decides} />
          ))}
        </div>
      )}
      {by && (
        <p className="verdict-release">
          {by.release.hash === by.sale.hash
            ? t("cases.judgedBy", { version: by.release.version, day: by.release.effective ?? "" })
            : t("cases.judgedLater", {
                sale: by.sale.version,
                version: by.release.version,
                day: by.release.effective ?? "",
              })}
        </p>
      )}
    </>
  );
}

function Line({ line, decides }: { line: LawLine; decides: boolean }) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <p className={decides ? "verdict-side decides" : "verdict-side"}>
      <b>{t("cases.byLaw")}</b> {line.remedy && t(`cases.${line.remedy}`)}
      {line.remedy && line.ends && " · "}
      {line.ends && t("cases.lawUntil", { day: line.ends })}{" "}
      <span className="source">{line.source}</span>
      {line.standing === "verify" && <i> {t("cases.lawVerify")}</i>}
      {line.standing === "open" && (
        <i> {t("cases.lawOpen", { facts: missingWords(line.missing, speech) })}</i>
      )}
    </p>
  );
}
