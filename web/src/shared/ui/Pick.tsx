import { type KeyboardEvent, useRef } from "react";
import "./pick.css";

export interface Option<T> {
  value: T;
  label: string;
  /** A colour for a choice that means trouble. */
  tone?: "bad";
}

interface Props<T> {
  id?: string;
  label: string;
  options: readonly Option<T>[];
  value: T | null;
  set: (value: T | null) => void;
  invalid?: boolean;
  small?: boolean;
}

/** A few choices side by side, one click each; arrow keys move, a second click clears. */
export function Pick<T extends string | boolean>(props: Props<T>) {
  const { options, value, set } = props;
  const group = useRef<HTMLDivElement>(null);
  const at = options.findIndex((option) => option.value === value);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (Math.max(at, 0) + step + options.length) % options.length;
    set(options[next]?.value ?? null);
    group.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div
      ref={group}
      id={props.id}
      role="radiogroup"
      aria-label={props.label}
      aria-invalid={props.invalid}
      className={`pick ${props.small ? "small-pick" : ""}`}
      onKeyDown={move}
    >
      {options.map((option, i) => (
        <button
          key={String(option.value)}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={i === Math.max(at, 0) ? 0 : -1}
          className={option.tone}
          onClick={() => set(option.value === value ? null : option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
