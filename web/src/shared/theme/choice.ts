import { useSyncExternalStore } from "react";
import { kept } from "@/shared/kept";

export type ThemeName = "light" | "dark";
export type ThemeChoice = ThemeName | "system";

const choice = kept<ThemeChoice>("sanbao.theme", "system");
const night = globalThis.matchMedia?.("(prefers-color-scheme: dark)");

function resolved(): ThemeName {
  const chosen = choice.get();
  if (chosen !== "system") return chosen;
  return night?.matches ? "dark" : "light";
}

function subscribe(listener: () => void): () => void {
  night?.addEventListener("change", listener);
  const stop = choice.subscribe(listener);
  return () => {
    night?.removeEventListener("change", listener);
    stop();
  };
}

/** The theme on screen now; the root element carries it for the tokens. */
export function useTheme(): [ThemeName, ThemeChoice, (next: ThemeChoice) => void] {
  const name = useSyncExternalStore(subscribe, resolved);
  const chosen = useSyncExternalStore(choice.subscribe, choice.get);
  return [name, chosen, choice.set];
}
