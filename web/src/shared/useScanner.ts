import { useEffect, useRef } from "react";

const GAP_MS = 45;
const SHORTEST = 6;

/** The character a key stands for on a scanner's keyboard, whatever input method is on. */
export function character(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return letter;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit && !shift) return digit;
  if (code === "Minus" || code === "NumpadSubtract") return shift ? "_" : "-";
  if (code === "Slash") return "/";
  if (code === "Period") return ".";
  return null;
}

type Box = HTMLInputElement | HTMLTextAreaElement;

/** The box that the keys fall into, and what stood in it before. */
function boxInFocus(): { box: Box; text: string } | null {
  const box = document.activeElement;
  const typed = box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement;
  return typed ? { box, text: box.value } : null;
}

/** Takes the burst out of a box it was not meant for, also where an input method still holds it. */
function putBack({ box, text }: { box: Box; text: string }): void {
  box.blur();
  const kind = box instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  // The setter of the page's own kind: React notices what it did not write itself.
  Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

/**
 * Hears a hand scanner: a burst of keys faster than any hand, ended by Enter. Read from key codes,
 * so a Chinese input method or the wrong focus does not swallow it. `scanned` says whether the box
 * in focus was the wrong one: then what stood in it comes back.
 */
export function useScanner(scanned: (code: string) => boolean): void {
  const call = useRef(scanned);
  useEffect(() => {
    call.current = scanned;
  });
  useEffect(() => {
    let burst = "";
    let last = 0;
    let before: ReturnType<typeof boxInFocus> = null;
    const press = (event: KeyboardEvent) => {
      const quick = event.timeStamp - last < GAP_MS;
      last = event.timeStamp;
      if (event.code === "Enter" || event.code === "NumpadEnter") {
        if (quick && burst.length >= SHORTEST) {
          event.preventDefault();
          event.stopPropagation();
          if (call.current(burst) && before) putBack(before);
        }
        burst = "";
        return;
      }
      const typed = character(event.code, event.shiftKey);
      if (typed === null) return;
      // This key has not reached the box yet.
      if (!quick || burst === "") before = boxInFocus();
      burst = quick ? burst + typed : typed;
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, []);
}
