import { Refused } from "@/api/client";
import type { Verdict } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import type { FormHandle } from "@/shared/form/useForm";
import { Refusal } from "@/shared/ui/Refusal";
import { sentence } from "@/shared/ui/States";
import { VerdictCard } from "@/shared/verdict/VerdictCard";

const atFields = new Set(["form-invalid", "form_invalid"]);

interface Props {
  form: FormHandle;
  error: unknown;
  /** The verdict that already stands on the page; the same is not shown twice. */
  standing?: Verdict | null;
}

const gist = (verdict: Verdict | null | undefined) =>
  JSON.stringify([verdict?.row, verdict?.covered, verdict?.remedy, verdict?.because]);

/** What would happen, or why not: the live verdict, the refusal with its clause. */
export function Outcome({ form, error, standing = null }: Props) {
  const { t } = useSpeech();
  const preview = form.preview;
  const asked = form.problem;
  // What a field already says is not said twice; a form half filled is not scolded.
  const problem = asked ?? preview?.problem ?? null;
  const quiet = !asked && problem !== null && atFields.has(problem.code);
  const soft = problem?.grade === "note" || problem?.grade === "reason";
  return (
    <div className="outcome" aria-live="polite">
      {preview?.verdict && gist(preview.verdict) !== gist(standing) && (
        <VerdictCard verdict={preview.verdict} />
      )}
      {problem && !quiet && (
        <div className={`notice ${soft ? "warn" : "bad"}`}>
          <Refusal problem={problem} />
        </div>
      )}
      {error !== null && error !== undefined && !(error instanceof Refused) && (
        <div className="notice bad" role="alert">
          {sentence(error, t)}
        </div>
      )}
    </div>
  );
}
