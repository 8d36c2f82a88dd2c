import { api } from "../client";
import type { Me } from "../types";
import { tell } from "./session";

/** What the address carries back from the identity provider, and the code of the phone. */
export interface Brought {
  state: string;
  code?: string | undefined;
  error?: string | undefined;
  iss?: string | undefined;
  second?: string;
}

interface Away {
  location: string;
}

const BACK = "sanbao.back";

// Where somebody was before they went; only a page of ours.
function remember(path: string): void {
  try {
    sessionStorage.setItem(BACK, path);
  } catch {
    // They come back to the first page.
  }
}

/** The page somebody left for the provider. */
export function cameFrom(): string {
  try {
    const path = sessionStorage.getItem(BACK) ?? "/";
    return /^\/(?![/\\])/.test(path) ? path : "/";
  } catch {
    return "/";
  }
}

async function leave(asked: Promise<Away>, back: string): Promise<void> {
  const { location: there } = await asked;
  remember(back);
  location.assign(there);
}

/** To the provider, to sign in; with an invitation, to take its account over. */
export const goSignIn = (invitation?: string) =>
  leave(
    api.post<Away>("/session/provider", { invitation }),
    invitation ? "/" : location.pathname + location.search,
  );

/** To the provider, signed in: to confirm that it is me, or to link who I am there. */
export const goSignedIn = (body: { link: boolean; password?: string; code?: string }) =>
  leave(api.post<Away>("/me/provider", body), location.pathname);

/** Back from the provider. */
export async function arrive(brought: Brought): Promise<Me> {
  const me = await api.put<Me>("/session/provider", brought);
  tell(me.person.id);
  return me;
}

/** Whoever manages a person lets go who they are at the provider. */
export const unlinkIdentity = (person: string) =>
  api.delete<unknown>(`/people/${person}/identity`);
