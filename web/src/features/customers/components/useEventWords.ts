import { type Key, useSpeech } from "@/shared/i18n";
import type { CustomerEvent } from "../api/queries";

const words: Record<string, Key> = {
  registered: "customers.registered",
  completed: "customers.completed",
  unmasked: "customers.unmasked",
  unsubscribed: "customers.unsubscribed",
  copied: "customers.copied",
  corrected: "customers.corrected",
  email_noted: "customers.emailNoted",
  wechat_linked: "customers.wechatLinked",
  wechat_unlinked: "customers.wechatUnlinked",
  tagged: "customers.tagged",
  held: "customers.heldEvent",
  hold_lifted: "customers.holdLifted",
  erasure_asked: "customers.erasureAsked",
  erasure_withdrawn: "customers.erasureWithdrawn",
  erased: "customers.erasedEvent",
  merged: "customers.merged",
  merged_into: "customers.mergedInto",
  parted: "customers.parted",
  parted_from: "customers.parted",
};

const fields: Record<string, Key> = {
  name: "customers.fieldName",
  phone: "customers.fieldPhone",
  address: "customers.fieldAddress",
  email: "customers.email",
  id_last4: "customers.fieldIdentity",
};

const ground: Record<string, Key> = {
  asked: "customers.groundAsked",
  consent_withdrawn: "customers.groundConsent",
  purpose_done: "customers.groundDone",
};

/** What happened to a file, in one line: what, to which fields, and why. */
export function useEventWords() {
  const { t } = useSpeech();
  const said = (row: CustomerEvent) => {
    const what = words[row.event];
    const seen = row.fields.map((field) => fields[field]).filter((key) => key !== undefined);
    const why = row.ground ? ground[row.ground] : undefined;
    return [
      what ? t(what) : row.event,
      seen.map((key) => t(key)).join(t("staff.and")),
      why ? t(why) : row.reason,
    ]
      .filter(Boolean)
      .join(" · ");
  };
  return { said };
}
