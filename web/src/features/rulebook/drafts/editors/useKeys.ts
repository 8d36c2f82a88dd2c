import { useCallback, useState } from "react";
import type { DraftKeys, Keys } from "@/api/drafts";
import { getKeys } from "../api";
import { useSaver } from "../useSaver";

const text = (value: unknown) => JSON.stringify(value ?? null);

/** What of the keys is another than before; what is gone is null. */
export function changed(keys: Keys, base: Keys): Keys {
  const names = new Set([...Object.keys(keys), ...Object.keys(base)]);
  const differ = [...names].filter((name) => text(keys[name]) !== text(base[name]));
  return Object.fromEntries(differ.map((name) => [name, keys[name] ?? null]));
}

/** Keys that only one side changed are taken; where both did, mine stay and the clash is told. */
export function joined(base: Keys, mine: Keys, theirs: Keys) {
  const own = changed(mine, base);
  const clashes = Object.keys(changed(theirs, base)).filter(
    (name) => name in own && text(mine[name]) !== text(theirs[name]),
  );
  const value = { ...theirs, ...own };
  for (const [name, kept] of Object.entries(own)) if (kept === null) delete value[name];
  return { value, clashes: clashes.map((name) => ({ name, theirs: theirs[name] })) };
}

/** A message or deadline while it is edited. */
export function useKeys(draft: string, path: string, data: DraftKeys) {
  const [start] = useState(data.keys);
  const [keys, setKeys] = useState(data.keys);
  const saver = useSaver<Keys>({
    draft,
    path,
    value: start,
    version: data.version,
    body: (value, base) => ({ keys: changed(value, base) }),
    get: async () => {
      const theirs = await getKeys(path);
      return { value: theirs.keys, version: theirs.version };
    },
    merge: joined,
    same: (a, b) => Object.keys(changed(a, b)).length === 0,
    came: setKeys,
  });
  const { edit } = saver;
  const set = useCallback(
    (name: string, value: unknown) => {
      const next = { ...keys };
      if (value === null || value === undefined) delete next[name];
      else next[name] = value;
      setKeys(next);
      edit(next);
    },
    [keys, edit],
  );
  return { ...saver, keys, set };
}
