import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { ListSetting, Page, SavedFilter } from "@/api/types";
import { Saver } from "./saver";

/** The lists that I have set up; they follow me to every machine. */
export const listsQuery = queryOptions({
  queryKey: ["me", "lists"],
  queryFn: ({ signal }) => api.get<Page<ListSetting>>("/me/lists", { signal }),
  staleTime: Infinity,
});

// By list. A tick and then at once another page or a reload: nothing of it is lost on the way.
const savers = new Map<string, Saver<ListSetting>>();

function saver(list: string): Saver<ListSetting> {
  const found = savers.get(list);
  if (found) return found;
  const made = new Saver<ListSetting>((next) => api.put("/me/lists", next, { keepalive: true }));
  savers.set(list, made);
  window.addEventListener("pagehide", () => made.leave());
  return made;
}

/** How I have set up one list, and how to change that; not before it is known how it stands. */
export function useListSetting(list: string) {
  const client = useQueryClient();
  const { data } = useQuery(listsQuery);
  const found = data?.items.find((one) => one.list === list);
  const setting: ListSetting = found ?? { list, columns: null, saved: [] };
  const put = useMutation({
    mutationFn: (next: ListSetting) => saver(list).keep(next),
    // Shown at once: what somebody ticks for themselves is refused by nobody.
    onMutate: (next) => {
      const kept = client.getQueryData(listsQuery.queryKey);
      const others = kept?.items.filter((one) => one.list !== list) ?? [];
      client.setQueryData(listsQuery.queryKey, {
        items: [...others, next],
        next: null,
        total: null,
      });
    },
    onError: () => client.invalidateQueries({ queryKey: listsQuery.queryKey }),
  });
  return {
    known: data !== undefined,
    columns: setting.columns,
    saved: setting.saved,
    failed: put.error,
    setColumns: (columns: string[] | null) => put.mutate({ ...setting, columns }),
    setSaved: (saved: SavedFilter[]) => put.mutate({ ...setting, saved }),
  };
}
