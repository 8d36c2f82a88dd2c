import { queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { Clause, Identity, Named, Org, Page, Text } from "@/api/types";

export interface HeldRole {
  role: string;
  title: Text;
  org: Org | null;
}

/** A member of staff (员工) as a row. */
export interface PersonRow {
  id: string;
  login: string;
  name: string;
  org: Org | null;
  roles: HeldRole[];
  skills: string[];
  away: boolean;
  state: "working" | "invited" | "left";
  manageable: boolean;
}

/** A right, and the roles that give it. */
export interface Granted {
  right: Text;
  from: { title: Text; org: Org | null }[];
}

export interface Happened {
  event:
    | "added"
    | "changed"
    | "invited"
    | "password_set"
    | "signed_out"
    | "exported"
    | "second_factor_on"
    | "second_factor_off"
    | "pin_set"
    | "pin_off"
    | "pin_blocked"
    | "token_made"
    | "token_ended"
    | "identity_linked"
    | "identity_unlinked";
  at: string;
  by: Named | null;
  via: string | null;
  token: string | null;
  changes: Text[];
}

export interface PersonPage {
  person: PersonRow;
  lang: string;
  away_until: string | null;
  version: number;
  rights: Granted[];
  acts: { process: Text; actions: Granted[] }[];
  /** Who they are at the company's identity provider. */
  identity: Identity | null;
  history: Happened[];
}

/** A role of the rulebook, and the units at and below which I may give it. */
export interface RoleRow {
  id: string;
  title: Text;
  permissions: Text[];
  reach: "own" | "station" | "subtree" | "company";
  clauses: Clause[];
  given_by: Text[];
  mine_at: string[];
}

export interface Unit extends Named {
  code: string;
  kind: string;
  parent: string | null;
  stars: number | null;
  registered: boolean;
  province: string | null;
  city: string | null;
  address: string | null;
  phone: string | null;
  floor_area: number | null;
  /** Number of its nameplate (铭牌编号). */
  nameplate: string | null;
  standing: "active" | "suspended" | "closed";
  /** Whether it had its first goods. */
  supplied: boolean;
  /** The general agent it belongs to. */
  agent: string | null;
  /** People there who hold a valid certificate, and when the first of them ends. */
  certified: number;
  certificate_ends: string | null;
  /** An agent whose region has no station that works. */
  lacks_station: boolean;
  /** The case that last said what it is. */
  set_by: { id: string | null; number: string } | null;
  version: number;
  in_scope: boolean;
}

/** A link that sets a password, shown once. */
export interface Link {
  path: string;
  expires_at: string;
}

export interface PersonForm {
  name: string;
  org: string;
  roles: { role: string; org: string }[];
  skills: string[];
  away_until: string | null;
  active: boolean;
}

export interface UnitForm {
  name: string;
  kind: string;
  stars: number | null;
  registered: boolean;
  province: string | null;
  city?: string;
  address?: string;
  phone?: string;
  nameplate?: string;
  standing?: Unit["standing"];
  supplied?: boolean;
}

export interface PeopleFilter {
  q: string;
  org: string | null;
  left: boolean;
}

export const peopleQuery = (filter: PeopleFilter, cursor: string | null) =>
  queryOptions({
    queryKey: ["people", filter, cursor],
    queryFn: ({ signal }) =>
      api.get<Page<PersonRow>>(
        `/people${query({ ...filter, q: filter.q.trim(), left: filter.left || null, cursor })}`,
        { signal },
      ),
  });

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ["people", "one", id],
    queryFn: ({ signal }) => api.get<PersonPage>(`/people/${id}`, { signal }),
  });

export const rolesQuery = queryOptions({
  queryKey: ["people", "roles"],
  queryFn: ({ signal }) => api.get<Page<RoleRow>>("/people/roles", { signal }),
});

export const unitsQuery = queryOptions({
  queryKey: ["orgs", "all"],
  queryFn: ({ signal }) => api.get<Page<Unit>>("/orgs", { signal }),
});

export const addPerson = (body: { login: string; person: PersonForm }) =>
  api.post<{ id: string; invitation: Link }>("/people", body);

export const changePerson = (id: string, version: number, form: PersonForm) =>
  api.put<PersonPage>(`/people/${id}`, form, { ifMatch: `"v${version}"` });

export const invite = (id: string) => api.post<Link>(`/people/${id}/invitation`, {});

export const signOutAll = (id: string) => api.post<undefined>(`/people/${id}/sign-out`, {});

export const addUnit = (body: UnitForm & { code: string; parent: string }) =>
  api.post<Unit>("/orgs", body);

export const changeUnit = (id: string, version: number, form: UnitForm) =>
  api.put<Unit>(`/orgs/${id}`, form, { ifMatch: `"v${version}"` });
