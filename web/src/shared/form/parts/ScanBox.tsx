import CameraOutlined from "@ant-design/icons/CameraOutlined";
import Input, { type InputRef } from "antd/es/input/Input";
import { type KeyboardEvent, Suspense, lazy, useEffect, useId, useRef, useState } from "react";
import type { PartChoice } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { canReadCodes } from "@/shared/scan";
import { usePhone } from "@/shared/ui/usePhone";
import type { PartsSheet } from "./usePartsSheet";

const Camera = lazy(() => import("./Camera"));
const FEW = 8;

/** One box for a hand scanner, the camera and typing; its empty line moves among the rows. */
export function ScanBox({ id, sheet }: { id: string; sheet: PartsSheet }) {
  const { t, say } = useSpeech();
  const list = useId();
  const phone = usePhone();
  const input = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(-1);
  const [camera, setCamera] = useState(false);
  const found = suggested(text, sheet.parts, say);
  const heard = sheet.heard;
  // A burst that was heard over the whole page stands in the box as well.
  const [seen, setSeen] = useState(heard?.at);
  if (seen !== heard?.at) {
    setSeen(heard?.at);
    setText("");
    setAt(-1);
  }
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (heard?.heard.ok === false) shake(frame.current);
  }, [heard]);
  const choose = (part: PartChoice) => {
    sheet.scanned(part.code);
    setText("");
    setAt(-1);
    input.current?.focus();
  };
  const enter = () => {
    const marked = found[at];
    const [only] = found;
    if (marked) choose(marked);
    else if (!only || sheet.knows(text)) sheet.scanned(text);
    else if (found.length === 1) choose(only);
    else setAt(0);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      enter();
    } else if (found.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((at + step + found.length) % found.length);
    } else if (event.key === "Escape") setText("");
    else if (text === "" && moved(event.key, sheet)) event.preventDefault();
  };
  return (
    <div className="scan-box">
      {camera && (
        <Suspense fallback={null}>
          <Camera read={sheet.scanned} close={() => setCamera(false)} />
        </Suspense>
      )}
      <div ref={frame}>
        <Input
          ref={input}
          id={id}
          className="mono"
          size="large"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="enter"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-activedescendant={at >= 0 ? `${list}-${at}` : undefined}
          placeholder={t(phone ? "parts.scanShort" : "parts.scan")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(-1);
          }}
          onKeyDown={press}
          suffix={
            canReadCodes() && (
              <button
                type="button"
                className="scan"
                aria-label={t("parts.camera")}
                aria-pressed={camera}
                onClick={() => setCamera(!camera)}
              >
                <CameraOutlined />
              </button>
            )
          }
        />
      </div>
      {found.length > 0 && (
        <ul id={list} role="listbox" aria-label={t("parts.suggestions")} className="suggestions">
          {found.map((part, place) => (
            <li
              key={part.code}
              id={`${list}-${place}`}
              role="option"
              aria-selected={place === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(part)}
            >
              <span>{say(part.title)}</span>
              <span className="muted mono">{part.code}</span>
              {sheet.mode !== "count" && (
                <span className="num">{t("parts.pieceCount", { n: part.on_hand ?? 0 })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <Said sheet={sheet} several={at === 0 && found.length > 1 ? found.length : 0} text={text} />
    </div>
  );
}

function shake(box: HTMLElement | null): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const to = (x: number) => ({ transform: `translateX(${x}px)` });
  box?.animate?.([to(0), to(-6), to(6), to(-4), to(4), to(0)], { duration: 260 });
}

/** What became of the last scan, in one sentence. */
function Said({ sheet, several, text }: { sheet: PartsSheet; several: number; text: string }) {
  const { t, say } = useSpeech();
  const heard = sheet.heard?.heard;
  if (several > 0) {
    return (
      <p className="parts-said" role="status">
        {t("parts.several", { n: several, code: text.trim() })}
      </p>
    );
  }
  if (!heard) return <p className="parts-said muted wide-only">{t("parts.hint")}</p>;
  return (
    <p className={`parts-said ${heard.ok ? "good" : "bad"}`} role={heard.ok ? "status" : "alert"}>
      {t(heard.key, { ...heard.args, title: say(heard.about?.title) })}
    </p>
  );
}

type Say = (title: PartChoice["title"]) => string;

function suggested(text: string, parts: readonly PartChoice[], say: Say): PartChoice[] {
  const wanted = text.trim().toUpperCase();
  if (wanted === "") return [];
  const hit = (part: PartChoice) =>
    part.code.toUpperCase().includes(wanted) || say(part.title).toUpperCase().includes(wanted);
  return parts.filter(hit).slice(0, FEW);
}

/** Keys in the empty box: up and down choose a row, left and right change its pieces. */
function moved(key: string, sheet: PartsSheet): boolean {
  const { rows, selected } = sheet;
  const at = rows.findIndex((row) => row.part === selected);
  const row = rows[at];
  if (key === "ArrowDown" || key === "ArrowUp") {
    const step = key === "ArrowDown" ? 1 : -1;
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
    const there = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    if (there) sheet.select(there.part);
    return there !== undefined;
  }
  if (!row) return false;
  if ((key === "ArrowLeft" || key === "ArrowRight") && !row.tracked) {
    const quantity = Math.max(0, row.quantity + (key === "ArrowRight" ? 1 : -1));
    sheet.put({ ...row, quantity });
    return true;
  }
  if (key !== "Delete") return false;
  sheet.drop(row.part);
  return true;
}
