import type { Action, Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { Tag } from "@/shared/ui/Tag";

/** What stands granted: whose approval is there and whose missing, what may pass once. */
export function Grants({ one }: { one: Case }) {
  const { t } = useSpeech();
  const granted = one.actions.filter(
    (action) => (action.approvals?.given.length ?? 0) > 0 || action.passes.length > 0,
  );
  if (granted.length === 0) return null;
  return (
    <section className="card stack grants" aria-label={t("cases.grants")}>
      <h2>{t("cases.grants")}</h2>
      {granted.map((action) => (
        <Granted key={action.id} action={action} />
      ))}
    </section>
  );
}

function Granted({ action }: { action: Action }) {
  const { t, say } = useSpeech();
  const { approvals } = action;
  return (
    <div className="granted">
      <b>{say(action.title)}</b>
      {approvals && approvals.given.length > 0 && (
        <ul>
          {approvals.given.map((given) => (
            <li key={given.person.id}>
              <Tag tone="ok">{t("cases.approved")}</Tag> {given.person.name}
              {given.on_behalf && ` ${t("cases.standsIn", { name: given.on_behalf.name })}`}{" "}
              <span className="muted small">
                {say(given.role)} · {shortTime(given.at, now())}
              </span>
            </li>
          ))}
          <li className="muted">
            {t(approvals.mine ? "cases.approvedByMe" : "cases.approvalMissing", {
              who: approvals.missing.map((role) => say(role)).join(" / "),
            })}
          </li>
        </ul>
      )}
      {action.passes.map((pass) => (
        <p key={pass.at + say(pass.refuse)} className="notice warn">
          {t("cases.passes", {
            what: say(pass.refuse),
            by: say(pass.by),
            who: pass.person?.name ?? "",
            why: pass.reason,
          })}
        </p>
      ))}
    </div>
  );
}
