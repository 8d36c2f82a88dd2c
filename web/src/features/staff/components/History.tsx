import { type Key, useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import type { Happened } from "../api/queries";

const words: Record<Happened["event"], Key> = {
  added: "staff.eventAdded",
  changed: "staff.eventChanged",
  invited: "staff.eventInvited",
  password_set: "staff.eventPassword",
  signed_out: "staff.eventSignedOut",
  exported: "staff.eventExported",
  second_factor_on: "staff.eventSecondOn",
  second_factor_off: "staff.eventSecondOff",
  pin_set: "staff.eventPinSet",
  pin_off: "staff.eventPinOff",
  pin_blocked: "staff.eventPinBlocked",
  token_made: "staff.eventTokenMade",
  token_ended: "staff.eventTokenEnded",
  identity_linked: "staff.eventIdentityLinked",
  identity_unlinked: "staff.eventIdentityUnlinked",
};

/** What happened to somebody's account, the latest first. */
export function History({ items }: { items: Happened[] }) {
  const { t, say } = useSpeech();
  return (
    <section className="card stack">
      <h2>{t("staff.history")}</h2>
      <ul className="rights">
        {items.map((row, i) => (
          <li key={i}>
            <span>
              {t(words[row.event])}
              {row.token && ` · ${row.token}`}
              {row.changes.map((change) => ` · ${say(change)}`)}
            </span>
            <span className="muted small nowrap">
              {row.by?.name ?? t("staff.byProgram")}
              {row.via && ` (${t("tokens.through", { name: row.via })})`} · {dateTime(row.at)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
