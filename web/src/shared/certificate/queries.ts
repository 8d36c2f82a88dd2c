// A certificate is given and taken in cases: the wall asks anew whenever it is opened.
import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { CertificateRow, Page } from "@/api/types";

export const wallQuery = queryOptions({
  queryKey: ["certificates"],
  refetchOnMount: "always",
  queryFn: ({ signal }) => api.get<Page<CertificateRow>>("/certificates", { signal }),
});

export const mineQuery = queryOptions({
  queryKey: ["certificates", "mine"],
  refetchOnMount: "always",
  queryFn: ({ signal }) => api.get<Page<CertificateRow>>("/certificates/mine", { signal }),
});
