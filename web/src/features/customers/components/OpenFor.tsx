import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import { processesQuery } from "@/api/queries/shared";
import { useSpeech } from "@/shared/i18n";

/** What may be opened for a customer: the processes that are about a customer. */
export function OpenFor({ id }: { id: string }) {
  const { t, say } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const acts = me?.permissions.includes("case_act") ?? false;
  const { data } = useQuery({ ...processesQuery, enabled: acts });
  const may = data?.items.filter((each) => each.can_open && each.subject === "customer") ?? [];
  if (may.length === 0) return null;
  return (
    <div className="open-menu">
      {may.map((process) => (
        <Link key={process.id} to={`/open/${process.id}?customer=${id}`}>
          <Button>{t("cases.openTitle", { process: say(process.title) })}</Button>
        </Link>
      ))}
    </div>
  );
}
