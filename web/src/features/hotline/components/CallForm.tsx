import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { type KeyboardEvent, useEffect } from "react";
import { Refused } from "@/api/client";
import type { Case, Field, ProcessInfo } from "@/api/types";
import { PromiseHint } from "@/shared/duty/DutyLine";
import { useSpeech } from "@/shared/i18n";
import { FormFields } from "@/shared/form/FormFields";
import { focusField } from "@/shared/form/focusField";
import { useAttempt } from "@/shared/form/useAttempt";
import { useForm } from "@/shared/form/useForm";
import { now } from "@/shared/time/clock";
import { Refusal } from "@/shared/ui/Refusal";
import { Loading, sentence } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { type Opening, previewCall, takeDown } from "../api/queries";
import { OpenWhile } from "./OpenWhile";

/** What has been taken down so far. */
export interface Told {
  name: string;
  phone: string;
  back: string | null;
  matter: string;
}

interface Props {
  process: ProcessInfo;
  unit: string | null;
  customer: string | null;
  phone: string | null;
  follow: string | null;
  /** The cursor is to go where the call begins, as soon as the form stands. */
  wanted: boolean;
  arrived: () => void;
  /** What has been taken down so far, for the script. */
  told: (known: Told) => void;
  done: (call: Case) => void;
}

/** What is asked first, once it is known who calls. */
const FIRST = "call_kind";
const HOUR = 3_600_000;
const soon = [
  ["hotline.in30", 0.5],
  ["hotline.in2", 2],
  ["hotline.in24", 24],
] as const;

/** The call as it is taken down: the form of the rulebook, saved with Ctrl and Enter. */
export function CallForm({ process, unit, customer, phone, follow, ...on }: Props) {
  const { wanted, arrived, told, done } = on;
  const { t, say } = useSpeech();
  const onPhone = usePhone();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const opening: Opening = {
    process: process.id,
    subject: { ...(unit && { unit }), ...(customer && { customer }) },
  };
  const form = useForm({
    schema: process.form ?? { id: "none", title: { zh: "", en: "" }, fields: [] },
    draftKey: "hotline",
    preset: { ...(phone && { customer_phone: phone }), ...(follow && { follow_case: follow }) },
    eager: true,
    preview: (body, signal) => previewCall(opening, body, signal),
  });
  const text = (id: string) => {
    const field = form.fields.find((each) => each.id === id);
    const value = field ? form.value(field) : null;
    return typeof value === "string" ? value : "";
  };
  const [name, number, back] = ["customer_name", "customer_phone", "call_back_at"].map(text);
  const matter = text("call_matter");
  useEffect(() => {
    told({ name: name ?? "", phone: number ?? "", back: back || null, matter });
  }, [told, name, number, back, matter]);
  useEffect(() => {
    if (!wanted || !form.ready) return;
    focusField(FIRST, "nearest");
    arrived();
  }, [wanted, arrived, form.ready]);
  const save = useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      attempt({ opening, body }, (key) => takeDown(opening, body, key)),
    onSuccess: (call) => {
      form.reset();
      for (const read of ["cases", "offers"]) {
        void queries.invalidateQueries({ queryKey: [read] });
      }
      done(call);
    },
    onError: (error) => error instanceof Refused && form.refuse(error.problem),
  });
  const send = () => {
    if (!save.isPending && form.complete()) save.mutate(form.body());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  if (!form.ready) return <Loading lines={8} />;
  const promise = form.fields.find((field) => field.id === "call_back_at");
  const problem = form.problem ?? form.preview?.problem;
  return (
    <div onKeyDown={press}>
      <FormFields form={form} />
      {promise && <Soon field={promise} set={form.set} />}
      {promise && back && <PromiseHint at={back} />}
      {problem && problem.code !== "form-invalid" && (
        <p className="notice warn">
          <Refusal problem={problem} />
        </p>
      )}
      {save.error && !(save.error instanceof Refused) && (
        <p className="notice bad" role="alert">
          {sentence(save.error, t)}
        </p>
      )}
      <div className="call-foot">
        <Button type="primary" size="large" loading={save.isPending} onClick={send}>
          {t("hotline.save")}
          {!onPhone && <span className="key-hint">Ctrl+Enter</span>}
        </Button>
        <OpenWhile
          taking={process.id}
          unit={unit}
          customer={customer}
          known={{
            ...(!customer && !unit && { customer_name: name ?? "", customer_phone: number ?? "" }),
            symptom: matter,
            hazard_said: matter,
            question: matter,
          }}
        />
        <span className="muted small">
          {form.preview?.next && t("form.willLead", { state: say(form.preview.next.state) })}
        </span>
      </div>
    </div>
  );
}

/** A time is promised with one press while the customer waits. */
function Soon({ field, set }: { field: Field; set: (id: string, value: unknown) => void }) {
  const { t, say } = useSpeech();
  return (
    <div className="row soon-row" role="group" aria-label={say(field.title)}>
      <span className="muted small">{say(field.title)}</span>
      {soon.map(([name, hours]) => (
        <button
          key={name}
          type="button"
          className="chip"
          onClick={() => set(field.id, new Date(now() + hours * HOUR).toISOString())}
        >
          {t(name)}
        </button>
      ))}
    </div>
  );
}
