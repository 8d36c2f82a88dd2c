import { useMemo } from "react";
import type { ProcessPage } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { type Arc, BOX_H, type Box, type Bundle, LINE, type Lines, diagram } from "./layout";
import { BOX_W, LANE, route, wrapped } from "./strokes";
import { Said } from "./Said";

const NOTES = 208;
const LABEL = 172;
/** How wide the words of each column may be. */
const ROOM = { ahead: 186, again: 188, aside: LABEL - 16, bundle: LABEL - 16 };

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
  const { drawn, words } = useMemo(() => {
    const acts = new Map([process.start, ...process.action].map((each) => [each.id, each]));
    const deadlines = new Map(process.deadline.map((each) => [each.id, each]));
    const many = new Map<string, number>();
    // An act with several ends is called by the end that is drawn.
    const name: Name = ({ id, kind, to }) => {
      if (kind === "deadline") return `◷ ${say(deadlines.get(id)?.title)}`;
      const end = acts.get(id)?.branch?.find((branch) => branch.to === to)?.done;
      return say(end) || say(acts.get(id)?.title);
    };
    const words: Words = (note, place) => {
      const count = place === "bundle" ? many.get(note.id) : undefined;
      const from = count === undefined ? "" : ` · ${t("rulebook.fromMany", { n: count })}`;
      return wrapped(name(note) + from, ROOM[place]);
    };
    for (const { action, count } of diagram(process, track).bundles) many.set(action, count);
    return { drawn: diagram(process, track, (note, place) => words(note, place).length), words };
  }, [process, track, say, t]);
  const hasLeft = drawn.lanes.left > 0 || drawn.bundles.length > 0;
  const leftEdge = (hasLeft ? LABEL : 0) + drawn.lanes.left * LANE;
  const center = leftEdge + NOTES;
  const rightEdge = center + NOTES;
  const width = rightEdge + drawn.lanes.right * LANE + (drawn.lanes.right > 0 ? LABEL : 0);
  const said = (note: Note, place: Place, x: number, y: number) => (
    <Said
      key={`${note.kind}/${note.id}>${note.to ?? ""}`}
      lines={words(note, place)}
      x={x}
      y={y}
      end={place === "again" || (place !== "ahead" && x < center)}
      look={note.kind === "deadline" ? "deadline-note" : place}
      chosen={chosen === note.id}
      {...(note.kind !== "deadline" && { choose: () => choose(note.id) })}
    />
  );
  /** Notes below each other, each as high as its words. */
  const column = (notes: readonly Note[], place: Place, x: number, top: number) => {
    let y = top;
    return notes.map((note) => {
      const at = y;
      y += words(note, place).length * LINE;
      return said(note, place, x, at);
    });
  };
  const arc = (each: Arc) => {
    const left = each.side === "left";
    const x = left ? LABEL - 10 : rightEdge + drawn.lanes.right * LANE + 6;
    const mine = each.actions.some((action) => action.id === chosen);
    return (
      <g key={`${each.side}${each.from}-${each.to}`} className={`arc ${mine ? "chosen" : ""}`}>
        <path
          d={route(each, drawn.boxes, center, leftEdge, rightEdge)}
          className={`edge ${left ? "back" : ""}`}
          markerEnd="url(#tip)"
        />
        {column(each.actions, "aside", x, each.labelY)}
      </g>
    );
  };
  const bundle = (each: Bundle) => {
    const y = (drawn.boxes[each.to]?.y ?? 0) + BOX_H / 2;
    const x = center - BOX_W / 2;
    const near = Math.abs(each.labelY - 4 - y) < LINE;
    const from = near ? y : each.labelY - 4;
    return (
      <g key={each.action} className={`arc ${each.action === chosen ? "chosen" : ""}`}>
        <path
          d={`M${LABEL - 6} ${from}H${x - 22}V${y}H${x - 2}`}
          className="edge"
          markerEnd="url(#tip)"
        />
        {said({ kind: "act", id: each.action }, "bundle", LABEL - 10, each.labelY)}
      </g>
    );
  };
  const start = process.start;
  return (
    <svg
      className="drawing"
      width={width}
      height={drawn.height}
      viewBox={`0 0 ${width} ${drawn.height}`}
      role="group"
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
          {said({ kind: "act", id: start.id }, "ahead", center + 12, 36)}
        </>
      )}
      {drawn.bundles.map(bundle)}
      {drawn.arcs.map(arc)}
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
            {column(box.ahead, "ahead", center + 12, bottom + 20)}
            {column(box.again, "again", center - 12, bottom + 20)}
          </g>
        );
      })}
    </svg>
  );
}

type Place = Parameters<Lines>[1];
type Note = Parameters<Lines>[0];
type Name = (note: Note) => string;
type Words = (note: Note, place: Place) => string[];

function State({ box, x, words }: { box: Box; x: number; words: string }) {
  const [line = "", ...more] = wrapped(words, BOX_W - 12);
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
        {more.length > 0 ? `${line}…` : line}
        <title>{words}</title>
      </text>
    </>
  );
}
