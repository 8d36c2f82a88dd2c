import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { meQuery } from "@/api/queries/session";
import type { CustomerMasked, Heed } from "@/api/types";
import { HeedLines } from "./HeedLines";
import { Owner } from "./Owner";
import { Standing } from "./Standing";

interface Known extends CustomerMasked {
  id: string;
  heeded: Heed[];
}

const knownQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id],
    queryFn: ({ signal }) =>
      api.get<Known>(`/customers/${encodeURIComponent(id)}`, { signal }),
    // Somebody else's customer: the form says the rest.
    retry: false,
  });

/** For whom a case is opened, and what is heeded with them. */
export function ForCustomer({ id }: { id: string }) {
  const { data: me } = useQuery(meQuery);
  const may = me?.permissions.includes("customer_read") ?? false;
  const { data } = useQuery({ ...knownQuery(id), enabled: may });
  if (!data) return null;
  return (
    <div className="for-customer">
      <p className="sub">
        <Owner owner={data} />
      </p>
      <Standing customer={data.id} />
      <HeedLines heeded={data.heeded} />
    </div>
  );
}
