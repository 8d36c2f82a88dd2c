import { useMemo } from "react";
import type { ProcessPage } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { BOX_H, type Box, type Diagram, type Note, diagram } from "./layout";
import { BOX_W, LANE, cut, route } from "./strokes";

const NOTES = 226;
const LABEL = 150;
const LINE = 18;
const ASIDE = 22;

interface Props {
  page: ProcessPage;
  track: string;
  chosen: string | null;
  choose: (act: string) => void;
}

/** One track of a process as SVG, in the tokens of the page. */
export function Drawing({ page, track, chosen, choose }: Props) {
  const { t, say } = useSpeech();
  const { process } = page;
  const drawn = useMemo(() => diagram(process, track), [process, track]);
  const hasLeft = drawn.lanes.left > 0 || drawn.bundles.length > 0;
  const leftEdge = (hasLeft ? LABEL : 0) + drawn.lanes.left * LANE;
  const center = leftEdge + NOTES;
  const rightEdge = center + NOTES;
  const width = rightEdge + drawn.lanes.right * LANE + (drawn.lanes.right > 0 ? LABEL : 0);
  const acts = new Map([process.start, ...process.action].map((each) => [each.id, each]));
  const deadlines = new Map(process.deadline.map((each) => [each.id, each]));
  // An act with several ends is called by the end that is drawn.
  const name = ({ id, to }: Pick<Note, "id" | "to">) => {
    const end = acts.get(id)?.branch?.find((branch) => branch.to === to)?.done;
    return say(end) || say(acts.get(id)?.title);
  };
  const words = (
    each: Pick<Note, "id" | "to">,
    x: number,
    y: number,
    anchor: "start" | "end",
    kind: string,
  ) => (
    <text
      key={`${each.id}>${each.to ?? ""}@${Math.round(y)}`}
      x={x}
      y={y}
      textAnchor={anchor}
      className={`act ${kind} ${chosen === each.id ? "chosen" : ""}`}
      role="button"
      tabIndex={0}
      onClick={() => choose(each.id)}
      onKeyDown={(event) => event.key === "Enter" && choose(each.id)}
    >
      {cut(name(each), kind === "aside" ? ASIDE : undefined)}
      <title>{name(each)}</title>
    </text>
  );
  const note = (each: Note, x: number, y: number) =>
    each.kind === "deadline" ? (
      <text key={each.id} x={x} y={y} className="deadline-note">
        {`◷ ${cut(say(deadlines.get(each.id)?.title))}`}
        <title>{say(deadlines.get(each.id)?.title)}</title>
      </text>
    ) : (
      words(each, x, y, "start", "")
    );
  const start = process.start;
  return (
    <svg
      className="drawing"
      width={width}
      height={drawn.height}
      viewBox={`0 0 ${width} ${drawn.height}`}
      role="img"
      aria-label={say(process.title)}
    >
      <defs>
        <marker
          id="tip"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0L8 4L0 8z" />
        </marker>
      </defs>
      {track === start.track && (
        <>
          <circle cx={center} cy={12} r={5} className="start" />
          <path d={`M${center} 18V54`} className="edge" markerEnd="url(#tip)" />
          {words({ id: start.id }, center + 12, 36, "start", "")}
        </>
      )}
      {drawn.arcs.map((arc) => (
        <path
          key={`${arc.from}-${arc.to}`}
          d={route(arc, drawn.boxes, center, leftEdge, rightEdge)}
          className={`edge ${arc.side === "left" ? "back" : ""}`}
          markerEnd="url(#tip)"
        />
      ))}
      {drawn.arcs.flatMap((arc) => {
        const left = arc.side === "left";
        const x = left ? LABEL - 8 : rightEdge + drawn.lanes.right * LANE + 6;
        return arc.actions.map((each, i) =>
          words(each, x, arc.labelY + i * LINE, left ? "end" : "start", "aside"),
        );
      })}
      {drawn.boxes.map((box, i) => {
        const bottom = box.y + BOX_H;
        const next = drawn.boxes[i + 1];
        return (
          <g key={box.state.id}>
            {box.down && next && (
              <path
                d={`M${center} ${bottom}V${next.y - 2}`}
                className="edge"
                markerEnd="url(#tip)"
              />
            )}
            <State box={box} x={center - BOX_W / 2} words={say(box.state.title)} />
            {box.ahead.map((each, n) => note(each, center + 12, bottom + 20 + n * LINE))}
            {box.again.map((each, n) =>
              words(each, center - 12, bottom + 20 + n * LINE, "end", "again"),
            )}
          </g>
        );
      })}
      {stubs(drawn).map(({ bundle, n }) => {
        const y = (drawn.boxes[bundle.to]?.y ?? 0) + BOX_H / 2 + n * LINE;
        const x = center - BOX_W / 2;
        const many = t("rulebook.fromMany", { n: bundle.count });
        return (
          <g key={bundle.action}>
            {n === 0 && (
              <path d={`M${x - 34} ${y}H${x - 2}`} className="edge" markerEnd="url(#tip)" />
            )}
            <text
              x={x - 40}
              y={y + 4}
              textAnchor="end"
              className="act"
              onClick={() => choose(bundle.action)}
            >
              {`${cut(name({ id: bundle.action }))} · ${many}`}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function State({ box, x, words }: { box: Box; x: number; words: string }) {
  return (
    <>
      <rect
        x={x}
        y={box.y}
        width={BOX_W}
        height={BOX_H}
        rx={8}
        className={`state ${box.state.kind}`}
      />
      <text x={x + BOX_W / 2} y={box.y + BOX_H / 2 + 5} textAnchor="middle" className="state-name">
        {cut(words, 22)}
      </text>
    </>
  );
}

// Acts that come from many states share one stub at their target.
function stubs(drawn: Diagram) {
  const seen = new Map<number, number>();
  return drawn.bundles.map((bundle) => {
    const n = seen.get(bundle.to) ?? 0;
    seen.set(bundle.to, n + 1);
    return { bundle, n };
  });
}
