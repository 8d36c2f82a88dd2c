import type { Deadline } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { TimeLeft } from "@/shared/ui/TimeLeft";

const order = { breached: 0, running: 1, paused: 2, late: 3, met: 4, dropped: 5 } as const;

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
          <span>
            {say(deadline.title)} <ClauseRefs clauses={deadline.clauses} />
          </span>
          <State deadline={deadline} />
        </div>
      ))}
    </section>
  );
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
    case "paused":
      return <span className="muted">{t("cases.paused")}</span>;
    case "met":
      return <span className="muted">{t("cases.metAt", { at })}</span>;
    case "late":
      return <span className="late">{t("cases.lateAt", { at })}</span>;
    default:
      return <span className="muted">{t("cases.dropped")}</span>;
  }
}
