import { useRef } from "react";
import { Unreachable, freshKey } from "@/api/client";

/**
 * One idempotency key per attempt of a person: kept while the line fails, so that a repeated
 * press cannot act twice; a new one once the server answered or something else is submitted.
 */
export function useAttempt() {
  const kept = useRef<{ body: string; key: string } | null>(null);
  return async <T>(body: unknown, send: (key: string) => Promise<T>): Promise<T> => {
    const text = JSON.stringify(body);
    if (kept.current?.body !== text) kept.current = { body: text, key: freshKey() };
    try {
      const answer = await send(kept.current.key);
      kept.current = null;
      return answer;
    } catch (error) {
      if (!(error instanceof Unreachable)) kept.current = null;
      throw error;
    }
  };
}
