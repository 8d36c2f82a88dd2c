import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { catalogQuery } from "@/api/queries/shared";
import type { Unit } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortDay } from "@/shared/time/format";
import { ClauseRef } from "@/shared/ui/ClauseRef";
import { Tag } from "@/shared/ui/Tag";

/** Beside the vehicle: what to watch for, its parts and papers, what happened before. */
export function VehicleAside({ unit }: { unit: Unit }) {
  return (
    <div className="stack">
      <Warnings unit={unit} />
      <Papers unit={unit} />
      <History unit={unit} />
    </div>
  );
}

export function Warnings({ unit }: { unit: Unit }) {
  const { t, say } = useSpeech();
  if (unit.warnings.length === 0 && !unit.unverified) return null;
  return (
    <section className="notice bad">
      <b>{t("unit.warnings")}</b>
      {unit.unverified && <p>{t("unit.unverifiedText")}</p>}
      {unit.warnings.map((warning) => (
        <p key={warning.code + say(warning.text)}>
          {say(warning.text)} {warning.clause && <ClauseRef clause={warning.clause} />}
        </p>
      ))}
    </section>
  );
}

function Papers({ unit }: { unit: Unit }) {
  const { t, say } = useSpeech();
  const cardTone = unit.card_state === "ok" ? "ok" : "bad";
  const cardWord = { ok: "unit.cardOk", lost: "unit.cardLost", void: "unit.cardVoid" } as const;
  return (
    <section className="card">
      <h2>{t("unit.vehicle")}</h2>
      <dl className="pairs">
        {unit.components
          .filter((part) => part.serial)
          .map((part) => (
            <Pair key={part.component} name={say(part.title)}>
              <span className="mono">{part.serial}</span>{" "}
              {part.replaced && part.since && (
                <span className="muted small">{t("unit.replaced", { day: part.since })}</span>
              )}
            </Pair>
          ))}
        {unit.plate && <Pair name={t("unit.plate")}>{unit.plate}</Pair>}
        {(unit.card_no || unit.card_state === "lost") && (
          <Pair name={t("unit.card")}>
            <span className="mono">{unit.card_no}</span>{" "}
            {unit.card_state && <Tag tone={cardTone}>{t(cardWord[unit.card_state])}</Tag>}
          </Pair>
        )}
        {unit.invoice_no && (
          <Pair name={t("unit.invoice")}>
            <span className="mono">{unit.invoice_no}</span>
          </Pair>
        )}
        {unit.colour && <Pair name={t("unit.colour")}>{unit.colour}</Pair>}
        {unit.manufactured_on && <Pair name={t("unit.manufactured")}>{unit.manufactured_on}</Pair>}
      </dl>
    </section>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

export function History({ unit }: { unit: Unit }) {
  const { t, say } = useSpeech();
  const { data: catalog } = useQuery(catalogQuery);
  return (
    <section className="card">
      <h2>
        {t("unit.history")} <span className="muted small">{unit.cases.length}</span>
      </h2>
      {unit.cases.length === 0 && <p className="muted">{t("unit.noHistory")}</p>}
      {unit.cases.map((one) => {
        const part = catalog?.components.find((each) => each.id === one.component);
        return (
          <div key={one.id} className="history-row">
            <span className="muted nowrap">{shortDay(one.opened_at, now())}</span>
            <Link to={`/case/${one.id}`} className="nowrap">
              {one.number}
            </Link>
            <span className="sub">{say(part?.title) || say(one.process_title)}</span>
            <Tag tone={one.closed_at ? "na" : "warn"}>{say(one.state)}</Tag>
          </div>
        );
      })}
    </section>
  );
}
