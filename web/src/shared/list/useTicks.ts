import { useState } from "react";

/** Rows somebody has ticked; what is no longer shown is not ticked any more. */
export function useTicks(ids: readonly string[]) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const on = (id: string) => ticked.has(id) && ids.includes(id);
  return {
    on,
    all: ids.length > 0 && ids.every((id) => ticked.has(id)),
    set: (id: string, is: boolean) => {
      const next = new Set(ticked);
      if (is) next.add(id);
      else next.delete(id);
      setTicked(next);
    },
    setAll: (is: boolean) => setTicked(new Set(is ? ids : [])),
    clear: () => setTicked(new Set()),
  };
}
