import { useCallback } from "react";
import type { Text } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** A value of unknown shape in words, for computed fields. */
export function useShowComputed(): (value: unknown, unit: string | null) => string {
  const { t, say } = useSpeech();
  return useCallback(
    (value, unit) => {
      if (value === null || value === undefined || value === "") return "–";
      if (typeof value === "boolean") return t(value ? "words.yes" : "words.no");
      if (typeof value === "object" && "zh" in value) return say(value as Text);
      const text = String(typeof value === "object" ? JSON.stringify(value) : value);
      return unit ? `${text} ${unit}` : text;
    },
    [t, say],
  );
}
