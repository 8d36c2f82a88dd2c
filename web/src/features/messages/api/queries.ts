import { queryOptions } from "@tanstack/react-query";
import { api, query } from "@/api/client";
import type { Message, Page } from "@/api/types";

export const messagesQuery = (unread: boolean) =>
  queryOptions({
    queryKey: ["messages", unread],
    queryFn: ({ signal }) =>
      api.get<Page<Message>>(`/messages${query({ unread: unread || null, limit: 100 })}`, {
        signal,
      }),
  });

export const markRead = (ids: number[] | "all") => api.post<void>("/messages/read", { ids });
