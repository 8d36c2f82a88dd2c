interface Props {
  label: string;
  on: boolean;
  set: (on: boolean) => void;
}

/** A box to tick, as large as its cell. */
export function Tick({ label, on, set }: Props) {
  return (
    <label>
      <input
        type="checkbox"
        aria-label={label}
        checked={on}
        onChange={(event) => set(event.target.checked)}
      />
    </label>
  );
}
