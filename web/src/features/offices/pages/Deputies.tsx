import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { myDeputiesQuery } from "@/shared/people/queries";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { deputiesQuery } from "../api/queries";
import { DeputyRows } from "../components/DeputyRows";
import { NameDeputy } from "../components/NameDeputy";
import "./deputies.css";

/** Deputies (代理): who holds my office while I am away, whose I hold, and for a manager all. */
export default function Deputies() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const reads = me?.permissions.includes("people_read") ?? false;
  const mine = useQuery(myDeputiesQuery);
  const all = useQuery({ ...deputiesQuery, enabled: reads });
  if (!me) return null;
  const own = mine.data?.items ?? [];
  const known = new Set(own.map((row) => row.id));
  const others = (all.data?.items ?? []).filter((row) => !known.has(row.id));
  return (
    <div className="stack office">
      <div className="page-head">
        <h1>{t("frame.deputies")}</h1>
      </div>
      <NameDeputy me={me} />
      <section className="card stack">
        <h2>{t("offices.mine")}</h2>
        {mine.isPending ? (
          <Loading lines={2} />
        ) : mine.isError && !mine.data ? (
          <Failed error={mine.error} retry={() => void mine.refetch()} />
        ) : own.length === 0 ? (
          <Blank title={t("offices.none")} text={t("offices.noneText")} />
        ) : (
          <DeputyRows items={own} me={me.person.id} />
        )}
      </section>
      {reads && others.length > 0 && (
        <section className="card stack">
          <h2>{t("offices.others")}</h2>
          <DeputyRows items={others} me={me.person.id} />
        </section>
      )}
    </div>
  );
}
