import Input from "antd/es/input/Input";
import TextArea from "antd/es/input/TextArea";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { fen } from "@/shared/money";
import { Pick } from "@/shared/ui/Pick";
import { HeldCases, isHeld } from "../HeldCases";
import { Terms, isTerms } from "../Terms";
import { useShowComputed } from "../show";
import type { FieldProps } from "../skin";

// The plain kinds: words, numbers, money, yes or no, stars, computed.

export function TextField({ id, field, value, set, invalid }: FieldProps) {
  const shared = {
    id,
    value: (value as string | null) ?? "",
    maxLength: field.max ?? 2000,
    status: invalid ? ("error" as const) : ("" as const),
  };
  if (field.kind === "long_text") {
    return (
      <TextArea
        {...shared}
        autoSize={{ minRows: 2, maxRows: 10 }}
        onChange={(event) => set(event.target.value)}
      />
    );
  }
  return <Input {...shared} onChange={(event) => set(event.target.value)} autoComplete="off" />;
}

/** A number typed freely; it counts once it reads as one. */
export function NumberInput(props: {
  id?: string;
  label?: string;
  value: number | null;
  set: (value: number | null) => void;
  invalid?: boolean;
  unit?: string | null;
  width?: number;
}) {
  const [text, setText] = useState(() => (props.value === null ? "" : String(props.value)));
  const [seen, setSeen] = useState(props.value);
  if (seen !== props.value) {
    setSeen(props.value);
    if (Number(text) !== props.value) setText(props.value === null ? "" : String(props.value));
  }
  return (
    <Input
      id={props.id}
      aria-label={props.label}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      suffix={props.unit ?? undefined}
      status={props.invalid ? "error" : ""}
      style={props.width ? { width: props.width } : undefined}
      onChange={(event) => {
        // A Chinese input method types full-width figures.
        const typed = event.target.value.normalize("NFKC").replace(/[^\d.-]/g, "");
        setText(typed);
        const next = typed === "" || Number.isNaN(Number(typed)) ? null : Number(typed);
        setSeen(next);
        props.set(next);
      }}
    />
  );
}

export function NumberField({ id, field, value, set, invalid }: FieldProps) {
  const { say } = useSpeech();
  return (
    <NumberInput
      id={id}
      value={(value as number | null) ?? null}
      set={set}
      invalid={invalid}
      unit={say(field.unit) || null}
    />
  );
}

/** Yuan typed, fen kept. */
export function MoneyInput(props: {
  id?: string;
  label?: string;
  value: number | null;
  set: (fen: number | null) => void;
  invalid?: boolean;
}) {
  const shown = (amount: number | null) => (amount === null ? "" : (amount / 100).toFixed(2));
  const [text, setText] = useState(() => shown(props.value));
  const [seen, setSeen] = useState(props.value);
  if (seen !== props.value) {
    setSeen(props.value);
    if (fen(text) !== props.value) setText(shown(props.value));
  }
  return (
    <Input
      id={props.id}
      aria-label={props.label}
      inputMode="decimal"
      autoComplete="off"
      prefix="¥"
      className="money-input"
      value={text}
      status={props.invalid ? "error" : ""}
      onBlur={() => setText(shown(props.value))}
      onChange={(event) => {
        setText(event.target.value);
        const next = fen(event.target.value);
        setSeen(next);
        props.set(next);
      }}
    />
  );
}

export function MoneyField({ id, value, set, invalid }: FieldProps) {
  return (
    <MoneyInput id={id} value={(value as number | null) ?? null} set={set} invalid={invalid} />
  );
}

export function YesNoField({ id, field, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  return (
    <Pick
      id={id}
      label={say(field.title)}
      options={[
        { value: true, label: t("words.yes") },
        { value: false, label: t("words.no") },
      ]}
      value={(value as boolean | null) ?? null}
      set={set}
      invalid={invalid}
    />
  );
}

export function RatingField({ id, field, value, set }: FieldProps) {
  const { t, say } = useSpeech();
  const now = (value as number | null) ?? 0;
  return (
    <div id={id} role="radiogroup" aria-label={say(field.title)} className="stars">
      {[1, 2, 3, 4, 5].map((n) => (
        <button
          key={n}
          type="button"
          role="radio"
          aria-checked={n === now}
          aria-label={t("form.stars", { n })}
          className={n <= now ? "on" : ""}
          onClick={() => set(n === now ? null : n)}
        >
          ★
        </button>
      ))}
    </div>
  );
}

export function ComputedField({ id, field, value }: FieldProps) {
  const { say } = useSpeech();
  const show = useShowComputed();
  if (isHeld(value)) {
    return (
      <output id={id}>
        <HeldCases rows={value} />
      </output>
    );
  }
  if (isTerms(value)) {
    return (
      <output id={id}>
        <Terms rows={value} />
      </output>
    );
  }
  return (
    <output id={id} className="computed">
      {show(value, say(field.unit) || null)}
    </output>
  );
}
