import { useState } from "react";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { shortTime } from "@/shared/time/format";
import { now } from "@/shared/time/clock";
import { usePhone } from "@/shared/ui/usePhone";

/** The states as steps: a line with dots at the desk, a bar with the current word on a phone. */
export function Steps({ steps }: { steps: Case["steps"] }) {
  const { t, say } = useSpeech();
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  if (steps.length < 2) return null;
  const last = steps.map((step) => step.status !== "todo").lastIndexOf(true);
  const at = steps.findIndex((step) => step.status === "current");
  const here = at < 0 ? last : at;
  if (phone && !open) {
    return (
      <button type="button" className="steps-phone plain" onClick={() => setOpen(true)}>
        <span className="steps-bar" aria-hidden="true">
          {steps.map((step) => (
            <i key={step.id} className={step.status} />
          ))}
        </span>
        <span>
          <b>{say(steps[here]?.title)}</b>{" "}
          <span className="muted small">
            {t("cases.step", { n: here + 1, total: steps.length })}
          </span>
        </span>
      </button>
    );
  }
  return (
    <ol className={phone ? "steps-list" : "steps"} aria-label={t("cases.steps")}>
      {steps.map((step) => (
        <li
          key={step.id}
          className={step.status}
          aria-current={step.status === "current" ? "step" : undefined}
        >
          <span>{say(step.title)}</span>
          {step.entered_at && step.status !== "todo" && (
            <time dateTime={step.entered_at}>{shortTime(step.entered_at, now())}</time>
          )}
        </li>
      ))}
    </ol>
  );
}
