import { useSpeech } from "@/shared/i18n";
import { focusField } from "@/shared/form/focusField";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import type { Script } from "../api/queries";

interface Props {
  script: Script;
  /** The field the cursor stands in: its step is the one at hand. */
  field: string | null;
  /** What is known by now: `caller.name`, `caller.phone`, `call_back_at`. */
  known: Readonly<Record<string, string>>;
}

/** What is said (规范用语), step by step, with what has been taken down filled in. */
export function ScriptSteps({ script, field, known }: Props) {
  const { say } = useSpeech();
  const filled = (text: string) =>
    text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => known[name] ?? "……");
  return (
    <section className="card script">
      <div className="card-head">
        <h2>{say(script.title)}</h2>
        <ClauseRefs clauses={script.clauses} />
      </div>
      <ol>
        {script.steps.map((step) => (
          <li
            key={step.id}
            className={step.field && step.field === field ? "at" : ""}
            aria-current={step.field && step.field === field ? "step" : undefined}
          >
            {step.field ? (
              <button type="button" className="link" onClick={() => focusField(step.field ?? "")}>
                {say(step.title)}
              </button>
            ) : (
              <b>{say(step.title)}</b>
            )}
            <p>{filled(say(step.say))}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
