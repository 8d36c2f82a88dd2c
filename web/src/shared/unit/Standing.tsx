import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { meQuery } from "@/api/queries/session";
import type { Text } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";
import "./unit.css";

/** A tag or a grade of a customer, and what staff heed. */
export interface Heeded {
  id: string;
  title: Text;
  heed: Text | null;
}

/** What staff heed with a customer (客户等级、客户标签). */
export interface CustomerStanding {
  grade: Heeded | null;
  vehicles: number;
  visits: number;
  tags: Heeded[];
  choices: Heeded[];
}

export const standingQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id, "standing"],
    queryFn: ({ signal }) =>
      api.get<CustomerStanding>(`/customers/${encodeURIComponent(id)}/standing`, { signal }),
    // Somebody else's customer: there is nothing to heed, and nothing to try again.
    retry: false,
    staleTime: 60_000,
  });

/** Grade and tags of a customer, each with what is done otherwise; nothing where there is none. */
export function Standing({ customer }: { customer: string }) {
  const { data: me } = useQuery(meQuery);
  const may = me?.permissions.includes("customer_read") ?? false;
  const { data } = useQuery({ ...standingQuery(customer), enabled: may });
  if (!data || (data.tags.length === 0 && !data.grade)) return null;
  return (
    <ul className="standing">
      {data.grade && <Row one={data.grade} grade />}
      {data.tags.map((tag) => (
        <Row key={tag.id} one={tag} />
      ))}
    </ul>
  );
}

function Row({ one, grade = false }: { one: Heeded; grade?: boolean }) {
  const { say } = useSpeech();
  return (
    <li>
      <Tag tone={grade ? "ok" : "warn"}>{say(one.title)}</Tag>
      {one.heed && <span className="small">{say(one.heed)}</span>}
    </li>
  );
}
