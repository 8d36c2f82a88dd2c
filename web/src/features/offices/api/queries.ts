import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { DeputyPage } from "@/api/types";

/** Deputies of the people within my reach. */
export const deputiesQuery = queryOptions({
  queryKey: ["deputies", "all"],
  queryFn: ({ signal }) => api.get<DeputyPage>("/deputies", { signal }),
});

export interface NewDeputy {
  person: string | null;
  deputy: string;
  from: string;
  to: string;
  reason: string;
}

/** Names a deputy: my own, or that of somebody I manage. */
export const nameDeputy = ({ person, ...body }: NewDeputy) =>
  person
    ? api.post<{ id: string }>("/deputies", { person, ...body })
    : api.post<{ id: string }>("/me/deputies", body);

/** Ends a deputy's time today. */
export const endDeputy = ({ id, mine }: { id: string; mine: boolean }) =>
  api.post<undefined>(`${mine ? "/me" : ""}/deputies/${id}/end`, {});
