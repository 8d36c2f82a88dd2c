import type { Deadline } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { TimeLeft } from "@/shared/ui/TimeLeft";

const order = {
  breached: 0,
  running: 1,
  pending: 2,
  paused: 3,
  late: 4,
  early: 5,
  met: 6,
  dropped: 7,
} as const;

/** The clocks of this case: those that run first, then those that were met or missed. */
export function Deadlines({ deadlines }: { deadlines: Deadline[] }) {
  const { t, say } = useSpeech();
  const sorted = [...deadlines].sort(
    (a, b) => order[a.status] - order[b.status] || (a.due_at ?? "").localeCompare(b.due_at ?? ""),
  );
  return (
    <section className="card">
      <h2>{t("cases.deadlines")}</h2>
      {sorted.length === 0 && <p className="muted">{t("cases.noDeadlines")}</p>}
      {sorted.map((deadline) => (
        <div key={deadline.id} className={`deadline ${deadline.status}`}>
          <div>
            {say(deadline.title)} <ClauseRefs clauses={deadline.clauses} />
            <History deadline={deadline} />
          </div>
          <State deadline={deadline} />
        </div>
      ))}
    </section>
  );
}

/** What its clock went through: when it counts from, pauses, extensions, escalation, annulments. */
function History({ deadline }: { deadline: Deadline }) {
  const { t, say } = useSpeech();
  const open = !deadline.ended_at;
  const parts = [
    open && deadline.opens_at && Date.parse(deadline.opens_at) > now()
      ? t("cases.opensAt", { at: shortTime(deadline.opens_at, now()) })
      : "",
    deadline.paused_seconds >= 60
      ? t("cases.pausedFor", { hours: hours(deadline.paused_seconds) })
      : "",
    ...deadline.extensions.map((by) => t("cases.extendedBy", { by: say(by) })),
    open && deadline.escalated > 0
      ? t("cases.escalated", { step: deadline.escalated, of: deadline.escalations })
      : "",
    deadline.breaches > 1 ? t("cases.brokenTimes", { times: deadline.breaches }) : "",
    deadline.annulled > 0 ? t("cases.annulled", { times: deadline.annulled }) : "",
  ].filter(Boolean);
  return parts.length > 0 ? <div className="muted small">{parts.join(" · ")}</div> : null;
}

/** Hours with one decimal, as short as it goes. */
function hours(seconds: number) {
  return String(Math.round(seconds / 360) / 10);
}

function State({ deadline }: { deadline: Deadline }) {
  const { t } = useSpeech();
  const at = deadline.ended_at ? shortTime(deadline.ended_at, now()) : "";
  switch (deadline.status) {
    case "running":
    case "breached":
      return deadline.due_at ? (
        <TimeLeft due={deadline.due_at} soon={deadline.warn} />
      ) : (
        <span className="muted">–</span>
      );
    case "pending":
      return (
        <span className="muted">
          {deadline.waits_for_year
            ? t("cases.waitsYear", { year: deadline.waits_for_year })
            : t("cases.waitsDate")}
        </span>
      );
    case "paused":
      return <span className="muted">{t("cases.paused")}</span>;
    case "met":
      return <span className="muted">{t("cases.metAt", { at })}</span>;
    case "early":
      return <span className="late">{t("cases.earlyAt", { at })}</span>;
    case "late":
      return <span className="late">{t("cases.lateAt", { at })}</span>;
    default:
      return <span className="muted">{t("cases.dropped")}</span>;
  }
}
