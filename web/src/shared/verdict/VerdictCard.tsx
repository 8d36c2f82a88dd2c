import { useState } from "react";
import type { Verdict } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Sides } from "./Sides";
import "./verdict.css";
import { joined, missingWords, verdictTitle } from "./words";

/** The verdict with its clause and every step of the arithmetic, open to read. */
export function VerdictCard({ verdict }: { verdict: Verdict }) {
  const speech = useSpeech();
  const { t, lang } = speech;
  const [open, setOpen] = useState(false);
  const tone = verdict.covered === null ? "open" : verdict.covered ? "yes" : "no";
  const texts = verdict.clause_texts ?? [];
  return (
    <section className={`verdict ${tone}`} aria-label={t("cases.verdict")}>
      <p className="verdict-head">
        <b>{verdictTitle(verdict, t)}</b>{" "}
        {texts.length > 0 ? (
          <ClauseRefs clauses={texts} />
        ) : (
          verdict.clauses.map((id) => (
            <span key={id} className="clause">
              {id}
            </span>
          ))
        )}
      </p>
      <p className={open ? "verdict-why open" : "verdict-why"}>{joined(verdict.because, lang)}</p>
      {!open && (
        <button type="button" className="link small verdict-more" onClick={() => setOpen(true)}>
          {t("cases.why")}
        </button>
      )}
      <Sides verdict={verdict} />
      {verdict.missing.length > 0 && (
        <p className="verdict-missing">
          {t("cases.missing", { facts: missingWords(verdict.missing, speech) })}
        </p>
      )}
      {verdict.triggers.map((trigger) => (
        <p key={trigger.id} className="verdict-missing">
          {t("cases.trigger", { count: trigger.count, limit: trigger.limit })}{" "}
          {trigger.clause && <span className="clause">{trigger.clause}</span>}
        </p>
      ))}
    </section>
  );
}
