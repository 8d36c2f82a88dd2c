import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refused } from "@/api/client";
import type { Action, Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { FormFields, picker } from "@/shared/form/FormFields";
import { REASON, focusField } from "@/shared/form/focusField";
import { useForm } from "@/shared/form/useForm";
import { Refusal } from "@/shared/ui/Refusal";
import { TimeLeft } from "@/shared/ui/TimeLeft";
import { type Submit, act, caseQuery, previewAct } from "../api/queries";
import { Extras, type ExtrasValue, blankExtras, extrasBody } from "./Extras";
import { HandOn } from "./HandOn";
import { Outcome } from "./Outcome";
import { type Change, StaleNotice, changesSince } from "./StaleNotice";
import { SubmitBar } from "./SubmitBar";
import { useAttempt } from "@/shared/form/useAttempt";

const emptyForm = { id: "none", title: { zh: "", en: "" }, fields: [] };

interface Props {
  one: Case;
  action: Action;
  done: () => void;
}

/** The form of one act and its button: the main thing on the page. */
export function ActionPanel({ one, action, done }: Props) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [extras, setExtras] = useState<ExtrasValue>(blankExtras);
  const [stale, setStale] = useState<Change[] | null>(null);
  const form = useForm({
    schema: action.form ?? emptyForm,
    draftKey: `${one.id}.${action.id}`,
    // What lies on the shelf is asked for when somebody is about to take from it.
    eager: action.form?.fields.some((field) => field.kind === "parts") ?? false,
    ...(action.form && {
      preview: (body: Record<string, unknown>, signal: AbortSignal) =>
        previewAct(one.id, action.id, body, signal),
    }),
  });
  const submit = useMutation({
    mutationKey: ["act", one.id],
    mutationFn: async (body: Submit) =>
      attempt({ body, version: one.version }, (key) => act(one, action.id, body, key)),
    onSuccess: (next) => {
      form.reset();
      queries.setQueryData(caseQuery(one.id).queryKey, next);
      void queries.invalidateQueries({ queryKey: ["offers"] });
      void queries.invalidateQueries({ queryKey: ["cases"] });
      done();
    },
    onError: async (error) => {
      if (!(error instanceof Refused)) return;
      if (error.status === 409 || error.status === 412) {
        const next = await queries.fetchQuery({ ...caseQuery(one.id), staleTime: 0 });
        setStale(changesSince(one, next));
        return;
      }
      form.refuse(error.problem);
      if (error.problem.code === "reason-needed") focusField(REASON);
    },
  });
  const asksReason =
    action.needs_reason === true ||
    form.problem?.code === "reason-needed" ||
    form.preview?.problem?.grade === "reason";
  const send = (more: Record<string, unknown> = {}) => {
    const ready = form.complete() || Object.keys(more).length > 0;
    if (!ready || submit.isPending) return;
    setStale(null);
    submit.mutate({ form: { ...form.body(), ...more }, ...extrasBody(extras) });
  };
  return (
    <section className="card action" aria-labelledby="act-title">
      <div className="card-head">
        <h2 id="act-title">{say(action.title)}</h2>
        {action.due_at && <TimeLeft due={action.due_at} />}
        {form.restored && (
          <span className="push small muted">
            {form.restoredFrom
              ? t("form.restoredFrom", { name: form.restoredFrom })
              : t("form.restored")}{" "}
            <button type="button" className="link" onClick={form.reset}>
              {t("form.discard")}
            </button>
          </span>
        )}
      </div>
      {action.on_behalf && (
        <p className="notice acts-for">{t("cases.actsFor", { name: action.on_behalf.name })}</p>
      )}
      {action.lifts.map((lifted) => (
        <p key={say(lifted)} className="notice warn">
          {t("cases.lifts", { what: say(lifted) })}
        </p>
      ))}
      {stale && <StaleNotice changes={stale} />}
      {action.blocked ? (
        <div className="notice bad blocked">
          <b>{t("cases.blocked")}</b>
          <Refusal problem={action.blocked} />
        </div>
      ) : (
        <>
          <FormFields
            form={form}
            act={say(action.title)}
            at={`/cases/${one.id}/actions/${action.id}`}
            model={one.unit?.model.id ?? null}
            pickAndSubmit={(id, value) => {
              form.set(id, value);
              send({ [id]: value });
            }}
          />
          <Outcome
            form={form}
            error={stale ? null : submit.error}
            standing={one.verdict}
          />
          <Extras value={extras} change={setExtras} asksReason={asksReason} />
          {!picker(form.fields) && (
            <SubmitBar
              label={say(action.title)}
              danger={action.mark === "danger"}
              busy={submit.isPending}
              asking={form.asking}
              next={form.preview?.ok ? say(form.preview.next?.state) : ""}
              disabled={asksReason && extras.reason.trim() === ""}
              submit={() => send()}
            />
          )}
        </>
      )}
      <HandOn one={one} action={action} />
    </section>
  );
}
