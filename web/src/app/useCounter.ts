import { useCallback, useEffect, useState } from "react";
import { api, onActed } from "@/api/client";
import { lockCounter } from "@/api/queries/session";
import type { MyCounter } from "@/api/types";

/** How often the server is told that somebody is still there. */
const TELL_EVERY_MS = 5_000;
/** How long the outcome of an act is shown; the server allows as much. */
const AFTER_ACT_S = 30;
const TOUCHED = "sanbao.counter.touched";

// Windows of one counter share who is there: a hand in one of them keeps the others open.
function touched(): number {
  try {
    return Number(localStorage.getItem(TOUCHED) ?? 0);
  } catch {
    return 0;
  }
}

function touch(at: number): void {
  try {
    localStorage.setItem(TOUCHED, String(at));
  } catch {
    // This window counts alone.
  }
}

/**
 * Locks a shared counter when nobody does anything, and soon after each act. Says how many seconds
 * are left once an act is done.
 */
export function useCounter(
  counter: MyCounter | null,
  locked: boolean,
  lock: () => void,
): { left: number | null; leave: () => void } {
  const [until, setUntil] = useState<number | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  const leave = useCallback(() => {
    setUntil(null);
    setLeft(null);
    lock();
    void lockCounter();
  }, [lock]);
  const idle = (counter?.idle_seconds ?? 0) * 1000;
  const perAct = counter?.per_act ?? false;
  const open = counter !== null && !locked;
  useEffect(() => {
    if (!open) return;
    let last = Date.now();
    let told = last;
    touch(last);
    const here = () => {
      last = Date.now();
      if (last - told < TELL_EVERY_MS) return;
      told = last;
      touch(last);
      // Refused or unreachable: then it locks, which is what it should.
      api.post("/counter/stay", {}).catch(() => undefined);
    };
    const events = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
    for (const event of events) window.addEventListener(event, here, { passive: true });
    const clock = setInterval(() => {
      if (Date.now() - Math.max(last, touched()) >= idle) leave();
    }, 1000);
    return () => {
      for (const event of events) window.removeEventListener(event, here);
      clearInterval(clock);
    };
  }, [open, idle, leave]);
  useEffect(
    () => (open && perAct ? onActed(() => setUntil(Date.now() + AFTER_ACT_S * 1000)) : undefined),
    [open, perAct],
  );
  useEffect(() => {
    if (!open || until === null) return;
    const tick = () => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      if (seconds <= 0) leave();
      else setLeft(seconds);
    };
    tick();
    const clock = setInterval(tick, 500);
    return () => clearInterval(clock);
  }, [open, until, leave]);
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      if (!event.altKey || event.code !== "KeyL") return;
      event.preventDefault();
      leave();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [open, leave]);
  return { left: open ? left : null, leave };
}
