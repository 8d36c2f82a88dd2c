import { type Key, useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import type { CustomerEvent } from "../api/queries";

const words: Record<string, Key> = {
  registered: "customers.registered",
  unmasked: "customers.unmasked",
  unsubscribed: "customers.unsubscribed",
  copied: "customers.copied",
  corrected: "customers.corrected",
  held: "customers.heldEvent",
  hold_lifted: "customers.holdLifted",
  erasure_asked: "customers.erasureAsked",
  erasure_withdrawn: "customers.erasureWithdrawn",
  erased: "customers.erasedEvent",
};

const fields: Record<string, Key> = {
  name: "customers.fieldName",
  phone: "customers.fieldPhone",
  address: "customers.fieldAddress",
  id_last4: "customers.fieldIdentity",
};

const ground: Record<string, Key> = {
  asked: "customers.groundAsked",
  consent_withdrawn: "customers.groundConsent",
  purpose_done: "customers.groundDone",
};

/** What happened to somebody's data, the latest first: who looked, when, at what and why. */
export function Events({ items }: { items: CustomerEvent[] }) {
  const { t } = useSpeech();
  if (items.length === 0) return <p className="muted">{t("customers.noEvent")}</p>;
  return (
    <ul className="rights">
      {items.map((row, place) => {
        const what = words[row.event];
        const seen = row.fields.map((field) => fields[field]).filter((key) => key !== undefined);
        const why = row.ground ? ground[row.ground] : undefined;
        return (
          <li key={place}>
            <span>
              {[
                what ? t(what) : row.event,
                seen.map((key) => t(key)).join(t("staff.and")),
                why ? t(why) : row.reason,
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <span className="muted small nowrap">
              {row.by?.name ?? t("staff.byProgram")} · {dateTime(row.at)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
