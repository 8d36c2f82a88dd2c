import { useSyncExternalStore } from "react";

const narrow = globalThis.matchMedia?.("(max-width: 760px)");

function subscribe(listener: () => void): () => void {
  narrow?.addEventListener("change", listener);
  return () => narrow?.removeEventListener("change", listener);
}

/** Whether the page is drawn for a phone: cards for tables, tabs for the side bar. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => narrow?.matches ?? false);
}
