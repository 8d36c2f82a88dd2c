import { useSyncExternalStore } from "react";

// The browser's clock may be wrong; the server's is not. Every answer's Date header sets the
// difference, so a countdown on a shop PC with a dead battery still says the truth.
let offset = 0;

/** Learns the server's clock from the `Date` header of an answer. */
export function learn(date: string | null): void {
  if (!date) return;
  const server = Date.parse(date);
  if (Number.isNaN(server)) return;
  const difference = server + 500 - Date.now();
  if (Math.abs(difference - offset) > 2000) offset = difference;
}

/** Now by the server's clock, in milliseconds. */
export function now(): number {
  return Date.now() + offset;
}

const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;
let second = Math.floor(now() / 1000);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    second = Math.floor(now() / 1000);
    listeners.forEach((each) => each());
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
  };
}

/** Now, again each second; one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => second) * 1000;
}
