import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { CertificateRow, Page } from "@/api/types";

export const wallQuery = queryOptions({
  queryKey: ["certificates"],
  queryFn: ({ signal }) => api.get<Page<CertificateRow>>("/certificates", { signal }),
});

export const mineQuery = queryOptions({
  queryKey: ["certificates", "mine"],
  queryFn: ({ signal }) => api.get<Page<CertificateRow>>("/certificates/mine", { signal }),
});
