import { LINE } from "./layout";

interface Props {
  lines: readonly string[];
  x: number;
  y: number;
  /** Whether the words end at x instead of beginning there. */
  end: boolean;
  look: string;
  chosen: boolean;
  /** Opens what stands behind an act; a deadline has nothing to open. */
  choose?: () => void;
}

/** The words of an act or a deadline beside its arrow, whole, in as many lines as they take. */
export function Said({ lines, x, y, end, look, chosen, choose }: Props) {
  const words = lines.map((line, n) => (
    <tspan key={n} x={x} dy={n === 0 ? 0 : LINE}>
      {line}
    </tspan>
  ));
  const place = { x, y, textAnchor: end ? ("end" as const) : ("start" as const) };
  if (!choose) {
    return (
      <text {...place} className={look}>
        {words}
      </text>
    );
  }
  return (
    <text
      {...place}
      className={`act ${look} ${chosen ? "chosen" : ""}`}
      role="button"
      tabIndex={0}
      onClick={choose}
      onKeyDown={(event) => event.key === "Enter" && choose()}
    >
      {words}
    </text>
  );
}
