import { queryOptions } from "@tanstack/react-query";
import { Refused, api } from "../client";
import type { Door, Lock, Me } from "../types";

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

/** What stands on the lock page; null where this browser is no shared counter. */
export const lockQuery = queryOptions({
  queryKey: ["counter"],
  queryFn: async ({ signal }): Promise<Lock | null> => {
    try {
      return await api.get<Lock>("/counter", { signal });
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 0,
});

/** The ways in beside login and password; the demo accounts are empty on a real server. */
export const doorQuery = queryOptions({
  queryKey: ["door"],
  queryFn: ({ signal }) => api.get<Door>("/door", { signal }),
  staleTime: Infinity,
});

const PERSON = "sanbao.person";

// One browser has one session: its other windows are told who holds it now.
export function tell(person: string | null): void {
  try {
    localStorage.setItem(PERSON, JSON.stringify({ person, at: Date.now() }));
  } catch {
    // The other windows find out by their next request.
  }
}

/** Calls back when another window of this browser has signed in or out; null for nobody. */
export function onPerson(changed: (person: string | null) => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key !== PERSON || event.newValue === null) return;
    changed((JSON.parse(event.newValue) as { person: string | null }).person);
  };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

export async function signIn(login: string, password: string, code?: string): Promise<Me> {
  const me = await api.post<Me>("/session", { login, password, code });
  tell(me.person.id);
  return me;
}

/** Steps up to a shared counter. */
export async function unlock(person: string, pin: string): Promise<Me> {
  const me = await api.post<Me>("/counter/unlock", { person, pin });
  tell(me.person.id);
  return me;
}

/** Steps back from it: the person is gone, what was typed stays. */
export async function lockCounter(): Promise<void> {
  tell(null);
  try {
    await api.delete<void>("/session");
  } catch {
    // Over already, or the line is down: then it ends by itself.
  }
}

/** This browser is no shared counter any more. */
export async function leaveCounter(): Promise<void> {
  await api.delete<void>("/counter");
  tell(null);
}

/** Signs out; at the identity provider too, where it signed this person in and takes leave. */
export async function signOut(me: Me | null | undefined): Promise<void> {
  await api.delete<void>("/session");
  tell(null);
  const there = me?.provider?.sign_out;
  if (there) location.assign(there);
}

export const switchOrg = (org: string) => api.put<Me>("/me/org", { org });
