import { useCallback, useEffect, useRef, useState } from "react";
import type { DraftFinding } from "@/api/drafts";
import { check } from "./api";

const PAUSE_MS = 250;

/**
 * What would be found in what is being typed. The last question wins: an answer that comes late is
 * never shown, and nothing is shown once nothing is asked.
 */
export function useLive(draft: string) {
  const [findings, setFindings] = useState<readonly DraftFinding[] | null>(null);
  const asked = useRef<AbortController | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stop = useCallback(() => {
    clearTimeout(timer.current);
    asked.current?.abort();
  }, []);
  const ask = useCallback(
    (wish: unknown) => {
      stop();
      if (wish === null) return setFindings(null);
      timer.current = setTimeout(() => {
        const own = new AbortController();
        asked.current = own;
        check(draft, wish, own.signal).then(
          (saved) => !own.signal.aborted && setFindings(saved.findings),
          () => undefined, // What cannot be asked now is said when it is saved.
        );
      }, PAUSE_MS);
    },
    [draft, stop],
  );
  useEffect(() => stop, [stop]);
  return { findings, ask };
}
