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

/**
 * Hears a hand scanner: a burst of keys faster than any hand, ended by Enter. Read from key codes,
 * so a Chinese input method or the wrong focus does not swallow it.
 */
export function useScanner(scanned: (code: string) => void): void {
  const call = useRef(scanned);
  useEffect(() => {
    call.current = scanned;
  });
  useEffect(() => {
    let burst = "";
    let last = 0;
    const press = (event: KeyboardEvent) => {
      const quick = event.timeStamp - last < GAP_MS;
      last = event.timeStamp;
      if (event.code === "Enter" || event.code === "NumpadEnter") {
        if (quick && burst.length >= SHORTEST) {
          event.preventDefault();
          event.stopPropagation();
          call.current(burst);
        }
        burst = "";
        return;
      }
      const typed = character(event.code, event.shiftKey);
      if (typed === null) return;
      burst = quick ? burst + typed : typed;
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, []);
}
