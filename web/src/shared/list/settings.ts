import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { ListSetting, Page, SavedFilter } from "@/api/types";

/** The lists that I have set up; they follow me to every machine. */
export const listsQuery = queryOptions({
  queryKey: ["me", "lists"],
  queryFn: ({ signal }) => api.get<Page<ListSetting>>("/me/lists", { signal }),
  staleTime: Infinity,
});

/** How I have set up one list, and how to change that. */
export function useListSetting(list: string) {
  const client = useQueryClient();
  const { data } = useQuery(listsQuery);
  const found = data?.items.find((one) => one.list === list);
  const setting: ListSetting = found ?? { list, columns: null, saved: [] };
  const put = useMutation({
    mutationFn: (next: ListSetting) => api.put("/me/lists", next),
    // Shown at once: what somebody ticks for themselves is refused by nobody.
    onMutate: (next) => {
      const before = client.getQueryData(listsQuery.queryKey);
      const others = before?.items.filter((one) => one.list !== list) ?? [];
      client.setQueryData(listsQuery.queryKey, {
        items: [...others, next],
        next: null,
        total: null,
      });
      return { before };
    },
    onError: (_error, _next, kept) => {
      if (kept?.before) client.setQueryData(listsQuery.queryKey, kept.before);
    },
  });
  return {
    columns: setting.columns,
    saved: setting.saved,
    failed: put.error,
    setColumns: (columns: string[] | null) => put.mutate({ ...setting, columns }),
    setSaved: (saved: SavedFilter[]) => put.mutate({ ...setting, saved }),
  };
}
