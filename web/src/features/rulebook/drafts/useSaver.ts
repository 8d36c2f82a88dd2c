import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { kept } from "@/shared/kept";
import { keep, putPart } from "./api";
import { Saver, type Standing } from "./saver";

interface Part<T> {
  draft: string;
  path: string;
  /** As it was read. */
  value: T;
  version: number;
  body: (value: T, base: T) => unknown;
  get: () => Promise<{ value: T; version: number }>;
  merge: (base: T, mine: T, theirs: T) => { value: T; clashes: readonly unknown[] };
  same: (a: T, b: T) => boolean;
  /** The value changed under the editor. */
  came: (value: T) => void;
}

const calm: Standing = { phase: "untouched", error: null, clashes: [], joined: false };

/**
 * Keeps a part of a draft at each edit. What could not be sent waits in this browser too, so that
 * a closed lid loses nothing.
 */
export function useSaver<T>(part: Part<T>) {
  const client = useQueryClient();
  const [standing, setStanding] = useState<Standing>(calm);
  const now = useRef(part);
  useEffect(() => {
    now.current = part;
  });
  const saver = useRef<Saver<T> | null>(null);
  const { path, draft } = part;
  useEffect(() => {
    const { value, version } = now.current;
    const left = kept<{ base: T; mine: T } | null>(`sanbao.draft.${path}`, null);
    let base = value;
    const made = new Saver<T>(value, version, {
      put: async (wish, seen) => {
        const saved = await putPart(path, now.current.body(wish, base), seen);
        base = wish;
        return saved;
      },
      get: async () => {
        const theirs = await now.current.get();
        base = theirs.value;
        return theirs;
      },
      merge: (was, own, theirs) => now.current.merge(was, own, theirs),
      same: (a, b) => now.current.same(a, b),
      saved: (saved) => {
        if (now.current.same(made.current, base)) left.set(null);
        keep(client, draft, saved);
      },
      came: (next) => now.current.came(next),
      standing: (next) => {
        if (next.phase !== "saved") left.set({ base, mine: made.current });
        else if (left.get()) left.set(null);
        setStanding(next);
      },
      later: (what, ms) => {
        const timer = setTimeout(what, ms);
        return () => clearTimeout(timer);
      },
    });
    saver.current = made;
    const waiting = left.get();
    if (waiting) {
      const joined = now.current.merge(waiting.base, waiting.mine, value);
      now.current.came(joined.value);
      made.edit(joined.value);
    }
    const online = () => made.flush();
    const leave = (event: BeforeUnloadEvent) => {
      if (!made.dirty) return;
      made.flush();
      event.preventDefault();
    };
    globalThis.addEventListener("online", online);
    globalThis.addEventListener("beforeunload", leave);
    return () => {
      globalThis.removeEventListener("online", online);
      globalThis.removeEventListener("beforeunload", leave);
      made.flush();
    };
  }, [client, draft, path]);
  return {
    standing,
    edit: (value: T) => saver.current?.edit(value),
    decide: (value: T) => saver.current?.decide(value),
  };
}
