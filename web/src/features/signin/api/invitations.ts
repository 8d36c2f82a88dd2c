import { api } from "@/api/client";
import type { Me } from "@/api/types";

/** What a link leads to; without a login it makes the first administrator. */
export interface Invited {
  login: string | null;
  name: string | null;
  company: boolean;
  expires_at: string;
}

export const lookAt = (token: string) => api.post<Invited>("/invitations/look", { token });

export const accept = (body: {
  token: string;
  password: string;
  first?: { company?: string; login: string; name: string };
}) => api.post<Me>("/invitations/accept", body);
