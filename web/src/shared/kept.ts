/** A value kept in the browser's storage that components can watch. */
export interface Kept<T> {
  get: () => T;
  set: (next: T) => void;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Reads and writes one value under one key. Storage that refuses (private mode, full) keeps the
 * value for this page only: nothing a person does may fail because of it.
 */
export function kept<T>(key: string, initial: T): Kept<T> {
  const listeners = new Set<() => void>();
  let value = read(key, initial);
  const announce = () => listeners.forEach((listener) => listener());
  globalThis.addEventListener?.("storage", (event) => {
    if (event.key !== key) return;
    value = read(key, initial);
    announce();
  });
  return {
    get: () => value,
    set: (next) => {
      value = next;
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Kept for this page only.
      }
      announce();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function read<T>(key: string, initial: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    return initial;
  }
}
