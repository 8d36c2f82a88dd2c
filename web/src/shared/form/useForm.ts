import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Refused } from "@/api/client";
import type { Field, FieldError, FormSchema, Preview, Problem } from "@/api/types";
import { dropDraft, keepDraft, readDraft, strangerOf } from "./drafts";
import { fieldOf, focusField } from "./focusField";
import { type Flaw, type Values, flaw, payload, shown, valueOf } from "./state";

const PREVIEW_AFTER_MS = 400;

export interface FormOptions {
  schema: FormSchema;
  /** Names the draft: one per case and action. */
  draftKey: string;
  /** What the page before hands over; a draft comes before it. */
  preset?: Values;
  /** Asks for a preview at once: the schema was made without knowing the subject. */
  eager?: boolean;
  /** Asks the server what would happen; absent where there is nothing to ask. */
  preview?: (form: Record<string, unknown>, signal: AbortSignal) => Promise<Preview>;
}

export interface FormHandle {
  fields: Field[];
  value: (field: Field) => unknown;
  set: (id: string, value: unknown) => void;
  /** The flaw to show at a field: only once it was touched or a submit was tried. */
  flawOf: (field: Field) => Flaw | null;
  /** The server's sentence for a field, from the last preview or submit. */
  saidOf: (field: Field) => string | null;
  /** The server's sentences for parts of a field's value: `received[3].serials`. */
  saidWithin: (field: Field) => FieldError[];
  body: () => Record<string, unknown>;
  /** Whether nothing is missing; otherwise the first field that lacks something gets the cursor. */
  complete: () => boolean;
  preview: Preview | null;
  asking: boolean;
  /** Whether the fields may be shown: at once, or when an eager preview has answered. */
  ready: boolean;
  /** A draft of an earlier visit was put back. */
  restored: boolean;
  /** Who else typed that draft, at a shared counter. */
  restoredFrom: string | null;
  /** Forgets what was typed. */
  reset: () => void;
  /** The refusal of the last submit, until something is changed. */
  problem: Problem | null;
  refuse: (problem: Problem | null) => void;
}

/**
 * The state of one form, without any looks: what the person typed over what the server filled,
 * kept as a draft, previewed by the server after each pause. Visible and required come from the
 * server alone.
 */
export function useForm(options: FormOptions): FormHandle {
  const { schema, draftKey, preview, preset, eager = false } = options;
  const [found] = useState(() => readDraft(draftKey));
  const draft = found?.values ?? null;
  const [touched, setTouched] = useState<Values>(() => ({ ...draft, ...preset }));
  const [restored, setRestored] = useState(draft !== null);
  const [tried, setTried] = useState(false);
  const [answer, setAnswer] = useState<Preview | null>(null);
  const [asking, setAsking] = useState(false);
  const [ready, setReady] = useState(!eager || !preview);
  const [problem, setProblem] = useState<Problem | null>(null);
  const current = useMemo(() => {
    const served = answer?.form;
    if (!served) return schema;
    // A preview need not repeat candidates and choices that do not change.
    const before = new Map(schema.fields.map((field) => [field.id, field]));
    return {
      ...served,
      fields: served.fields.map((field) => ({ ...before.get(field.id), ...field })),
    };
  }, [schema, answer]);
  const ask = useRef(preview);
  const latest = useRef({ current, touched });
  const asked = useRef(!eager);
  useEffect(() => {
    ask.current = preview;
    latest.current = { current, touched };
  });

  // One question after each pause; an answer that a newer keystroke overtook is thrown away.
  useEffect(() => {
    if ((Object.keys(touched).length === 0 && !eager) || !ask.current) return;
    const stop = new AbortController();
    const wait = asked.current ? PREVIEW_AFTER_MS : 0;
    asked.current = true;
    const timer = setTimeout(async () => {
      if (!ask.current) return;
      setAsking(true);
      try {
        const { current: form, touched: typed } = latest.current;
        setAnswer(await ask.current(payload(form, typed), stop.signal));
      } catch (error) {
        // A preview is a courtesy: a failing one says nothing, the submit will.
        if (error instanceof Refused && error.problem.fields) setProblem(error.problem);
      } finally {
        if (!stop.signal.aborted) {
          setAsking(false);
          setReady(true);
        }
      }
    }, wait);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [touched, eager]);

  const set = useCallback(
    (id: string, value: unknown) => {
      // A refusal is about what was submitted; what is typed now is judged anew.
      setProblem(null);
      setTouched((old) => {
        const next = { ...old, [id]: value };
        keepDraft(draftKey, next);
        return next;
      });
    },
    [draftKey],
  );
  const fields = useMemo(() => shown(current), [current]);
  const value = useCallback((field: Field) => valueOf(field, touched), [touched]);
  const said = problem ?? answer?.problem ?? null;
  return {
    fields,
    value,
    set,
    flawOf: (field) => {
      const found = flaw(field, value(field));
      if (found === null || tried) return found;
      return field.id in touched && found !== "required" && found !== "incomplete" ? found : null;
    },
    saidOf: (field) => {
      const own =
        said?.fields?.find((each) => each.field === field.id) ??
        // Each row of parts says its own, beside the row.
        current.fields
          .find((each) => each.id === field.id)
          ?.errors?.find((each) => field.kind !== "parts" || each.field === field.id);
      const missing = own?.code === "required" || own?.code === "missing";
      if (!own || (!problem && !tried && (missing || !(field.id in touched)))) return null;
      return own.detail;
    },
    saidWithin: (field) => {
      const within = (each: FieldError) => each.field.startsWith(`${field.id}[`);
      const refused = said?.fields?.filter(within) ?? [];
      if (refused.length > 0) return refused;
      return current.fields.find((each) => each.id === field.id)?.errors?.filter(within) ?? [];
    },
    body: () => payload(current, touched),
    complete: () => {
      setTried(true);
      const first = fields.find((field) => flaw(field, value(field)) !== null);
      if (first) focusField(first.id);
      return first === undefined;
    },
    preview: answer,
    asking,
    ready,
    restored,
    restoredFrom: strangerOf(found),
    reset: () => {
      dropDraft(draftKey);
      setTouched({});
      setAnswer(null);
      setProblem(null);
      setTried(false);
      setRestored(false);
    },
    problem,
    refuse: (next) => {
      setProblem(next);
      const first = next?.fields?.[0];
      if (first) focusField(fieldOf(first.field));
    },
  };
}
