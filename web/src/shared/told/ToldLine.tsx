import type { Told } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { dateTime, shortTime } from "@/shared/time/format";
import { Tag, type Tone } from "@/shared/ui/Tag";
import "./told.css";

const TONES: Record<string, Tone> = { waiting: "na", sent: "ok", dead: "bad", over: "line" };

/** One message to a customer: what, when, by which channel, and whether it was taken. */
export function ToldLine({ of }: { of: Told }) {
  const { t, say } = useSpeech();
  const last = of.deliveries.at(-1);
  const waits = of.state === "waiting" && of.due_at > of.made_at;
  return (
    <li className="told-line">
      <div className="row">
        <span>{say(of.title)}</span>
        <Tag tone={TONES[of.state] ?? "na"}>{t(`told.state_${of.state}` as Key)}</Tag>
        <small className="push muted" title={dateTime(of.made_at)}>
          {shortTime(last?.at ?? of.made_at, now())}
        </small>
      </div>
      {of.why && <p className="small muted">{t(`told.why_${of.why}` as Key)}</p>}
      {waits && (
        <p className="small muted">{t("told.waits", { at: shortTime(of.due_at, now()) })}</p>
      )}
      {last && (
        <p className="small muted">
          {t(`told.channel_${last.channel}` as Key)} {last.told}
          {of.deliveries.length > 1 && ` · ${t("told.tries", { n: of.deliveries.length })}`}
          {last.why && ` · ${last.why}`}
          {last.report === "delivered" &&
            ` · ${t("told.reported", { at: shortTime(last.reported_at ?? last.at, now()) })}`}
          {last.report === "failed" &&
            ` · ${t("told.notReported", { why: last.report_why ?? "" })}`}
        </p>
      )}
      {of.seen_by && (
        <p className="small muted">{t("told.seenBy", { name: of.seen_by.name })}</p>
      )}
    </li>
  );
}
