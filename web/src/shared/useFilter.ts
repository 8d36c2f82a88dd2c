import { useSearchParams } from "react-router";

/** What the address asks for; the address keeps the query. */
export function useFilter<K extends string>(names: readonly K[]) {
  const [search, setSearch] = useSearchParams();
  const filter = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ""])) as Record<
    K,
    string
  >;
  const put = (name: K, value: string | null) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return [filter, put] as const;
}
