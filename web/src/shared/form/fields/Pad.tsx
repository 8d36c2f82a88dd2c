import Button from "antd/es/button";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useSpeech } from "@/shared/i18n";

const INK = "#1f2937";
const MIN_LENGTH = 40;

/** The pad: a canvas under a finger, pen or mouse. A dot is no signature. */
export function Pad({ busy, keep }: { busy: boolean; keep: (image: Blob) => Promise<void> }) {
  const { t } = useSpeech();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useRef<{ x: number; y: number } | null>(null);
  const [length, setLength] = useState(0);

  useEffect(() => {
    const sheet = canvas.current;
    if (!sheet) return;
    const scale = window.devicePixelRatio || 1;
    sheet.width = Math.round(sheet.clientWidth * scale);
    sheet.height = Math.round(sheet.clientHeight * scale);
    const ink = sheet.getContext("2d");
    if (!ink) return;
    ink.scale(scale, scale);
    ink.lineCap = "round";
    ink.lineJoin = "round";
    ink.strokeStyle = INK;
  }, []);

  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture?.(event.pointerId);
    pen.current = at(event);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const from = pen.current;
    const ink = canvas.current?.getContext("2d");
    if (!from || !ink) return;
    const to = at(event);
    const step = Math.hypot(to.x - from.x, to.y - from.y);
    // A quick stroke is thinner than a slow one, as with a real pen.
    ink.lineWidth = Math.max(1.6, 3.4 - step / 14);
    ink.beginPath();
    ink.moveTo(from.x, from.y);
    ink.lineTo(to.x, to.y);
    ink.stroke();
    pen.current = to;
    setLength((so) => so + step);
  };
  const up = () => {
    pen.current = null;
  };
  const clear = () => {
    const sheet = canvas.current;
    const ink = sheet?.getContext("2d");
    if (sheet && ink) ink.clearRect(0, 0, sheet.clientWidth, sheet.clientHeight);
    setLength(0);
  };
  const done = () => {
    canvas.current?.toBlob((image) => {
      if (image) void keep(image);
    }, "image/png");
  };
  return (
    <div className="pad">
      <canvas
        ref={canvas}
        aria-label={t("form.signHere")}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      {length === 0 && <span className="pad-hint">{t("form.signHere")}</span>}
      <div className="row pad-foot">
        <Button onClick={clear} disabled={length === 0 || busy}>
          {t("form.signClear")}
        </Button>
        <Button onClick={done} disabled={length < MIN_LENGTH} loading={busy}>
          {t("form.signKeep")}
        </Button>
      </div>
    </div>
  );
}
