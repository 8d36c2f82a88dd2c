import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { DeputyPage } from "@/api/types";

/** My deputies, and the colleagues within my reach. */
export const myDeputiesQuery = queryOptions({
  queryKey: ["deputies", "mine"],
  queryFn: ({ signal }) => api.get<DeputyPage>("/me/deputies", { signal }),
});
