import { useId, useMemo } from "react";
import type { Field } from "@/api/types";
import { type Key, type Speech, useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { FieldControl } from "./fields";
import { FormContext } from "./skin";
import type { Flaw } from "./state";
import type { FormHandle } from "./useForm";
import "./form.css";

const narrow = new Set([
  "text",
  "number",
  "money",
  "date",
  "instant",
  "choice",
  "yes_no",
  "org",
  "code",
  "unit",
  "serial",
  "rating",
  "computed",
]);

interface Props {
  form: FormHandle;
  /** The name of the act, for pickers that do it at once. */
  act?: string;
  /** Where the server answers about this form: `/cases/{id}/actions/{action}`. */
  at?: string;
  /** The model of the vehicle it is about. */
  model?: string | null;
  pickAndSubmit?: ((id: string, value: unknown) => void) | undefined;
}

/** The one field whose choice is the act itself: a person from a table, nothing else required. */
export function picker(fields: readonly Field[]): Field | null {
  const asked = fields.filter((field) => field.required);
  const [one] = asked;
  return asked.length === 1 && one?.kind === "person" && one.candidates ? one : null;
}

/** The fields of a form in the look of the house, in the order of the paper. */
export function FormFields({ form, act = "", at, model = null, pickAndSubmit }: Props) {
  const prefix = useId();
  const single = pickAndSubmit ? picker(form.fields) : null;
  // The picker's buttons submit, so whatever else may be filled stands before it.
  const fields = single
    ? [...form.fields.filter((field) => field !== single), single]
    : form.fields;
  const context = useMemo(
    () => ({
      fields: form.fields,
      sibling: (id: string) => {
        const field = form.fields.find((each) => each.id === id);
        return field ? form.value(field) : null;
      },
      pickAndSubmit:
        single && pickAndSubmit ? (value: unknown) => pickAndSubmit(single.id, value) : null,
      at: at ?? null,
      act,
      model,
    }),
    [form, act, at, model, single, pickAndSubmit],
  );
  return (
    <FormContext.Provider value={context}>
      <div className="fields">
        {fields.map((field) => (
          <FieldRow key={field.id} id={`${prefix}-${field.id}`} field={field} form={form} />
        ))}
      </div>
    </FormContext.Provider>
  );
}

function FieldRow({ id, field, form }: { id: string; field: Field; form: FormHandle }) {
  const { t, say } = useSpeech();
  const flaw = form.flawOf(field);
  const said = form.saidOf(field);
  const wrong = said ?? (flaw && flawSentence(flaw, field, t));
  return (
    <div
      className={`field ${narrow.has(field.kind) ? "" : "wide"}`}
      data-field={field.id}
      data-kind={field.kind}
    >
      <div className="field-label">
        <label htmlFor={id}>
          {field.required && field.kind !== "computed" && (
            <span className="field-must" title={t("words.required")}>
              *
            </span>
          )}
          {say(field.title)}
        </label>{" "}
        <ClauseRefs clauses={field.clauses} aside />
      </div>
      <FieldControl
        id={id}
        field={field}
        value={form.value(field)}
        set={(value) => form.set(field.id, value)}
        invalid={wrong !== null}
        errors={form.saidWithin(field)}
      />
      {wrong !== null ? (
        <p className="field-wrong" role="alert">
          {wrong}
        </p>
      ) : (
        field.help && <p className="field-help">{say(field.help)}</p>
      )}
    </div>
  );
}

const flawKey: Record<Flaw, Key> = {
  required: "form.required",
  tooSmall: "form.tooSmall",
  tooLarge: "form.tooLarge",
  tooFew: "form.tooFew",
  tooMany: "form.tooMany",
  incomplete: "form.incomplete",
};

function flawSentence(flaw: Flaw, field: Field, t: Speech["t"]): string {
  const shown = (bound: number | null | undefined) =>
    field.kind === "money" ? (bound ?? 0) / 100 : (bound ?? 0);
  return t(flawKey[flaw], { min: shown(field.min), max: shown(field.max) });
}
