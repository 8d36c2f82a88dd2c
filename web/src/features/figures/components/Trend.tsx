import type { Point } from "@/api/figures";
import type { Text } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

interface Props {
  points: readonly Point[];
  /** What the numbers are in. */
  unit: Text;
  /** What it should be, drawn as a line. */
  target?: number | null;
  name: string;
}

const W = 240;
const H = 46;

/** A small bar for each period, labelled in words; a period without a number has no bar. */
export function Trend({ points, unit, target, name }: Props) {
  const { t, say } = useSpeech();
  const rated = points.filter((point) => point.value !== null);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  if (rated.length === 0) return <p className="muted small trend-none">{t("figures.noTrend")}</p>;
  const top = Math.max(...rated.map((point) => point.value?.n ?? 0), target ?? 0, 0) || 1;
  const low = Math.min(...rated.map((point) => point.value?.n ?? 0), 0);
  const y = (n: number) => H - ((n - low) / (top - low)) * H;
  const step = W / points.length;
  const highest = rated.reduce((best, point) =>
    (point.value?.n ?? 0) > (best.value?.n ?? 0) ? point : best,
  );
  const told = t("figures.trendSaid", {
    name,
    from: say(first.title),
    to: say(last.title),
    last: last.value ? say(last.value.text) : t("figures.unrated"),
    highest: say(highest.value?.text),
    when: say(highest.title),
  });
  return (
    <figure className="trend">
      <figcaption className="muted small">
        {t("figures.highest", { n: say(highest.value?.text), when: say(highest.title) })}
      </figcaption>
      <svg viewBox={`0 0 ${W} ${H + 2}`} preserveAspectRatio="none" role="img" aria-label={told}>
        {points.map((point, i) =>
          point.value === null ? null : (
            <rect
              key={point.period}
              className={i === points.length - 1 ? "now" : ""}
              x={i * step + step * 0.14}
              width={step * 0.72}
              y={Math.min(y(point.value.n), y(0)) - (point.value.n === 0 ? 1 : 0)}
              height={Math.max(Math.abs(y(point.value.n) - y(0)), 1)}
            >
              <title>{`${say(point.title)}: ${say(point.value.text)}`}</title>
            </rect>
          ),
        )}
        {target !== null && target !== undefined && (
          <line className="target" x1="0" x2={W} y1={y(target) + 0.5} y2={y(target) + 0.5} />
        )}
        <line className="ground" x1="0" x2={W} y1={H + 0.5} y2={H + 0.5} />
      </svg>
      <div className="trend-ends muted small">
        <span>{say(first.title)}</span>
        {say(unit) && <span>{t("figures.inUnit", { unit: say(unit) })}</span>}
        <span>{say(last.title)}</span>
      </div>
    </figure>
  );
}
