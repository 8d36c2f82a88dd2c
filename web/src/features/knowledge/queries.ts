import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Named, Page } from "@/api/types";
import type { Article } from "@/shared/knowledge/queries";

export interface ArticleVersion {
  version: number;
  title: string;
  body: string;
  published: boolean;
  reason: string;
  by: Named;
  at: string;
}

export interface ArticleBody {
  title: string;
  body: string;
  tags: Article["tags"];
  published: boolean;
  reason: string;
  version?: number;
}

export const articleQuery = (id: string) =>
  queryOptions({
    queryKey: ["article", id],
    queryFn: ({ signal }) => api.get<Article>(`/articles/${id}`, { signal }),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["article", id, "versions"],
    queryFn: ({ signal }) => api.get<Page<ArticleVersion>>(`/articles/${id}/versions`, { signal }),
  });

export const writeArticle = (id: string | null, body: ArticleBody) =>
  id ? api.put<Article>(`/articles/${id}`, body) : api.post<Article>("/articles", body);
