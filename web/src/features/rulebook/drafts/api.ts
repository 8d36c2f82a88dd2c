import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { address, api, query } from "@/api/client";
import type {
  Draft,
  DraftExamples,
  DraftItem,
  DraftKeys,
  DraftName,
  DraftParameter,
  DraftRow,
  DraftSaved,
  DraftTable,
  DraftText,
  DraftTried,
} from "@/api/drafts";
import type { Page, VerdictFacts } from "@/api/types";

const at = (...parts: string[]) =>
  ["/rulebook/drafts", ...parts.map(encodeURIComponent)].join("/");

export const draftsQuery = queryOptions({
  queryKey: ["drafts"],
  queryFn: ({ signal }) => api.get<Page<DraftRow>>(at(), { signal }),
});

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ["draft", id],
    queryFn: ({ signal }) => api.get<Draft>(at(id), { signal }),
  });

export const itemsQuery = (id: string) =>
  queryOptions({
    queryKey: ["draft", id, "items"],
    queryFn: ({ signal }) => api.get<Page<DraftItem>>(at(id, "items"), { signal }),
  });

/** What facts are called that a message or a deadline names; of one process its own first. */
export const namesQuery = (id: string, process = "") =>
  queryOptions({
    queryKey: ["draft", id, "names", process],
    queryFn: ({ signal }) =>
      api.get<Page<DraftName>>(`${at(id, "names")}${process && `?process=${process}`}`, { signal }),
    select: (page) => new Map(page.items.map((each) => [each.path, each.title])),
    staleTime: 60_000,
  });

export const tablePath = (id: string, pack: string, table: string) => at(id, "tables", pack, table);

export const messagePath = (id: string, pack: string, message: string) =>
  at(id, "messages", pack, message);

export const deadlinePath = (id: string, pack: string, deadline: string) =>
  at(id, "deadlines", pack, ...deadline.split("/"));

export const filePath = (id: string, pack: string, path: string) => at(id, "files", pack, path);

export const parametersPath = (id: string) => at(id, "parameters");

export const getTable = (path: string, signal?: AbortSignal) =>
  api.get<DraftTable>(path, signal ? { signal } : {});

export const getText = (path: string, signal?: AbortSignal) =>
  api.get<DraftText>(path, signal ? { signal } : {});

export const getKeys = (path: string, signal?: AbortSignal) =>
  api.get<DraftKeys>(path, signal ? { signal } : {});

export const parametersQuery = (id: string) =>
  queryOptions({
    queryKey: ["draft", id, "parameters"],
    queryFn: ({ signal }) => api.get<Page<DraftParameter>>(parametersPath(id), { signal }),
  });

/** Writes a part of a draft on the version it was read at. */
export const putPart = (path: string, body: unknown, version: number) =>
  api.put<DraftSaved>(path, body, { ifMatch: `"v${version}"` });

/** What would be found if this were saved; nothing is kept. */
export const check = (id: string, wish: unknown, signal: AbortSignal) =>
  api.post<DraftSaved>(at(id, "check"), wish, { signal });

export const tryFacts = (id: string, facts: VerdictFacts, signal: AbortSignal) =>
  api.post<DraftTried>(at(id, "try"), { facts }, { signal });

export const runExamples = (id: string) => api.post<DraftExamples>(at(id, "examples"), {});

export const beginDraft = (title: string, reason: string) =>
  api.post<Draft>(at(), { title, reason });

/** A new draft from pack folders in an archive: what differs from the latest release. */
export const importDraft = (title: string, reason: string, file: File) => {
  const form = new FormData();
  form.append("file", file);
  return api.post<Draft>(`${at("import")}${query({ title, reason })}`, form);
};

/** The packs of a draft as folders in an archive. */
export const zipOf = (id: string) => address(at(id, "export"));

/** A step of the review, on the version that was looked at. */
export const step = (draft: Draft, act: string, body: unknown) =>
  api.post<Draft>(at(draft.id, act), body, { ifMatch: `"v${draft.version}"` });

/** An edit went through: the page of the draft knows at once what it holds now. */
export function keep(client: QueryClient, id: string, saved: DraftSaved): void {
  // An answer that is still on its way tells of the draft before this edit.
  void client.cancelQueries({ queryKey: ["draft", id], exact: true });
  client.setQueryData<Draft>(["draft", id], (known) => known && { ...known, ...saved });
  void client.invalidateQueries({ queryKey: ["draft", id, "items"] });
  void client.invalidateQueries({ queryKey: ["draft", id], exact: true });
  void client.invalidateQueries({ queryKey: ["drafts"] });
}

/** The draft took a step; lists and what is in force may be others now. */
export function stepped(client: QueryClient, draft: Draft): void {
  client.setQueryData(["draft", draft.id], draft);
  void client.invalidateQueries({ queryKey: ["drafts"] });
  void client.invalidateQueries({ queryKey: ["rulebook"] });
  void client.invalidateQueries({ queryKey: ["me"] });
}
