import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import { processesQuery } from "@/api/queries/shared";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { Failed, Loading } from "@/shared/ui/States";
import { OpenActs } from "@/shared/ui/OpenActs";
import { Tag } from "@/shared/ui/Tag";
import { TimeLeft } from "@/shared/ui/TimeLeft";
import { papersQuery } from "../api/queries";

/** The stock papers this person may open: receipt, transfer, count, return of old parts. */
export function OpenPaper() {
  const { data } = useQuery(processesQuery);
  const mine = data?.items.filter((process) => process.area === "stock" && process.can_open) ?? [];
  return <OpenActs processes={mine} />;
}

/** Transfers under way and counts that wait, so that nothing is forgotten on the road. */
export function Papers() {
  const { t, say } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const may = me?.permissions.includes("case_read") ?? false;
  const found = useQuery({ ...papersQuery, enabled: may });
  if (!may) return null;
  return (
    <section className="card stock-papers">
      <div className="card-head">
        <h2>{t("stock.papers")}</h2>
        <Link className="push small" to="/cases/stock">
          {t("stock.allPapers")}
        </Link>
      </div>
      {found.isPending && <Loading lines={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p className="muted">{t("stock.noPapers")}</p>}
      <ul>
        {found.data?.items.map((row) => (
          <li key={row.id}>
            <div className="row">
              <Link to={`/case/${row.id}`}>{row.number}</Link>
              <Tag tone={row.late ? "bad" : "warn"}>{say(row.state.title)}</Tag>
            </div>
            <div className="small muted">
              {say(row.process_title)} · {row.org.name} · {shortTime(row.opened_at, now())}
            </div>
            {row.due_at && <TimeLeft due={row.due_at} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
