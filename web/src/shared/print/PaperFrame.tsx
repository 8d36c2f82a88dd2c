import { type RefObject, useEffect, useRef, useState } from "react";
import type { Paper } from "@/api/types";
import { Loading } from "@/shared/ui/States";
import { cutRoll, deskWidth, pagesOf, shownSheets } from "./sheets";
import "./print.css";

interface Props {
  src: string;
  title: string;
  paper: Paper;
  frame: RefObject<HTMLIFrameElement | null>;
  /** The page is there; so many pages go through the printer. */
  onReady: (pages: number) => void;
}

/** A page of the server at its true proportion, made smaller where the window is narrower. */
export function PaperFrame({ src, title, paper, frame, onReady }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const [high, setHigh] = useState<number | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setRoom(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const wide = deskWidth(paper);
  const scale = room > 0 ? Math.min(1, room / wide) : 1;
  const loaded = () => {
    const page = frame.current?.contentDocument;
    if (!page?.body) return;
    cutRoll(page);
    setHigh(page.body.scrollHeight);
    onReady(pagesOf(paper, shownSheets(page).map((sheet) => sheet.offsetHeight)));
  };
  return (
    <div ref={box} className="paper-desk" tabIndex={0}>
      {high === null && <Loading lines={6} />}
      <div
        className="paper-page"
        style={{ width: wide * scale, height: high === null ? 0 : high * scale }}
      >
        <iframe
          ref={frame}
          title={title}
          src={src}
          style={{ width: wide, height: high ?? 400, transform: `scale(${scale})` }}
          onLoad={loaded}
        />
      </div>
    </div>
  );
}
