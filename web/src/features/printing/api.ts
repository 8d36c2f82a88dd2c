import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Papers } from "@/api/types";

/** Papers and the forms printed on them. */
export const papersQuery = queryOptions({
  queryKey: ["papers"],
  queryFn: ({ signal }) => api.get<Papers>("/papers", { signal }),
});
