import { Link, useNavigate } from "react-router";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";
import { OpenFrom } from "@/shared/unit/OpenFrom";

/** Longest text handed over to a form. */
const HANDED = 480;
/** Longest sentence that reports a hazard. */
const SAID = 200;

/** What was opened from an enquiry and how it stands, and what may be opened from it. */
export function Opened({ one, said }: { one: Case; said: string }) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const unit = one.unit?.id ?? null;
  const open = (process: string) => {
    const asked = new URLSearchParams({ from: one.id });
    if (unit) asked.set("unit", unit);
    if (one.customer) asked.set("customer", one.customer.id);
    const text = said.slice(0, HANDED);
    // Beside the address, not in it: what they wrote belongs into no log.
    const hazard_said = text.slice(0, SAID);
    const preset = { symptom: text, question: text, complaint_matter: text, hazard_said };
    void go(`/open/${process}?${asked}`, { state: { preset } });
  };
  return (
    <div className="enquiry-opened">
      {one.children.map((child) => (
        <p key={child.id} className="row small">
          <Link to={`/case/${child.id}`}>{child.number}</Link>
          <span>{say(child.process_title)}</span>
          <Tag tone={child.state.kind === "done" ? "ok" : "warn"}>{say(child.state.title)}</Tag>
        </p>
      ))}
      <OpenFrom
        not={one.process.id}
        unit={unit}
        order={t("enquiries.openOrder")}
        other={t("enquiries.openOther")}
        open={open}
      />
    </div>
  );
}
