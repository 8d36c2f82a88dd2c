import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { Page } from "@/api/types";

/** A knowledge article (知识文章) as it stands. */
export interface Article {
  id: string;
  title: string;
  body: string;
  tags: { models: string[]; components: string[]; faults: string[] };
  published: boolean;
  version: number;
  helped: number;
  changed_at: string;
}

export interface ArticleAsked {
  q?: string;
  model?: string | null;
  component?: string | null;
  fault?: string | null;
  limit?: number;
}

/** Articles by what is said; those changed last where nothing is asked. */
export const articlesQuery = (asked: ArticleAsked) =>
  queryOptions({
    queryKey: ["articles", asked],
    queryFn: ({ signal }) =>
      api.get<Page<Article>>(`/articles${query({ ...asked })}`, { signal }),
    placeholderData: keepPreviousData,
  });

/** Says that an article helped with a case; each case counts once. */
export const helpedWith = (article: string, of: string) =>
  api.post<Article>(`/articles/${article}/helped`, { case: of });
