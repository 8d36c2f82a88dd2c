import { queryOptions } from "@tanstack/react-query";
import { Refused, api } from "../client";
import type { DemoAccount, Me } from "../types";

/** Who I am; null when nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal, client, queryKey }): Promise<Me | null> => {
    try {
      return await api.get<Me>("/me", { signal });
    } catch (error) {
      // Whose session ran out stays on the page they were typing on, and signs in over it.
      if (error instanceof Refused && error.status === 401) {
        return client.getQueryData<Me | null>(queryKey) ?? null;
      }
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** The demo accounts, one per role; empty on a real server. */
export const demoAccountsQuery = queryOptions({
  queryKey: ["demo-accounts"],
  queryFn: ({ signal }) => api.get<{ accounts: DemoAccount[] }>("/demo/accounts", { signal }),
  staleTime: Infinity,
});

export const signIn = (login: string, password: string) =>
  api.post<Me>("/session", { login, password });

export const signOut = () => api.delete<void>("/session");

export const switchOrg = (org: string) => api.put<Me>("/me/org", { org });
