import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";

export interface Change {
  id: string;
  at: string;
  who: string;
  what: Case["timeline"][number]["title"];
}

/** What others did between the version somebody saw and the one that stands. */
export function changesSince(seen: Case, stands: Case): Change[] {
  const known = new Set(seen.timeline.map((entry) => entry.id));
  return stands.timeline
    .filter((entry) => !known.has(entry.id))
    .map((entry) => ({
      id: entry.id,
      at: entry.recorded_at,
      who: entry.actor?.name ?? "–",
      what: entry.title,
    }));
}

/** The case moved on while somebody typed: what changed, and that nothing typed is lost. */
export function StaleNotice({ changes }: { changes: Change[] }) {
  const { t, say } = useSpeech();
  return (
    <div className="notice warn stale" role="alert">
      <b>{t("cases.staleTitle")}</b>
      {changes.map((change) => (
        <p key={change.id}>
          {t("cases.staleChange", {
            at: shortTime(change.at, now()),
            who: change.who,
            what: say(change.what),
          })}
        </p>
      ))}
      <p>{t("cases.staleText")}</p>
    </div>
  );
}
