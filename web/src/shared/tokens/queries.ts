import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { MadeToken, TokenForm, TokenPage } from "@/api/types";

/** Whose tokens: mine, or those of somebody I manage. */
export type Whose = "/me/tokens" | `/people/${string}/tokens`;

export const tokensQuery = (whose: Whose) =>
  queryOptions({
    queryKey: ["tokens", whose],
    queryFn: ({ signal }) => api.get<TokenPage>(whose, { signal }),
  });

export const makeToken = (whose: Whose, form: TokenForm) => api.post<MadeToken>(whose, form);

export const endToken = (whose: Whose, id: string) => api.post<TokenPage>(`${whose}/${id}/end`, {});
