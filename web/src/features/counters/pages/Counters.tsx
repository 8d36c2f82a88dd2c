import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Popconfirm from "antd/es/popconfirm";
import { leaveCounter, meQuery } from "@/api/queries/session";
import type { CounterRow, Me } from "@/api/types";
import { dropDraftsOf } from "@/shared/form/drafts";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Blank, Failed, Loading, sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { countersQuery, endCounter } from "../api/queries";
import { OpenCounter } from "../components/OpenCounter";
import "./counters.css";

/** Shared counters (柜台): which there are, and this machine as one more. */
export default function Counters() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const list = useQuery(countersQuery);
  if (!me) return null;
  const items = list.data?.items ?? [];
  return (
    <div className="stack counters-page">
      <div className="page-head">
        <h1>{t("lock.counters")}</h1>
        {items.length > 0 && (
          <span className="push">
            <ExportButton
              list="counters"
              filter={{}}
              columns={[
                { key: "name", title: t("lock.name") },
                { key: "org", title: t("staff.unit") },
                { key: "opened_by", title: t("registers.by") },
                { key: "opened_at", title: t("registers.openedAt") },
                { key: "used_at", title: t("registers.usedAt") },
              ]}
            />
          </span>
        )}
      </div>
      {me.permissions.includes("people_write") && !me.counter && <OpenCounter />}
      <section className="card stack">
        {list.isPending ? (
          <Loading lines={2} />
        ) : list.isError && !list.data ? (
          <Failed error={list.error} retry={() => void list.refetch()} />
        ) : items.length === 0 ? (
          <Blank title={t("lock.noCounters")} text={t("lock.noCountersText")} />
        ) : (
          <ul className="ruled">
            {items.map((row) => (
              <Row key={row.id} row={row} me={me} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Row({ row, me }: { row: CounterRow; me: Me }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const here = me.counter?.id === row.id;
  const by = row.opened_by?.name ?? "";
  const end = useMutation({
    mutationFn: () => (here ? leaveCounter() : endCounter(row.id)),
    onSuccess: async () => {
      if (!here) return queries.invalidateQueries({ queryKey: ["counters"] });
      dropDraftsOf(row.id);
      location.assign("/");
    },
  });
  return (
    <li>
      <div className="counters-what">
        <b>{row.name}</b> {here && <Tag tone="ok">{t("lock.here")}</Tag>}
        <p className="muted small">
          {row.org.name} · {t(row.per_act ? "lock.perAct" : "lock.perActOff")} ·{" "}
          {t("lock.idleMinutes", { n: row.idle_seconds / 60 })}
        </p>
        <p className="muted small">
          {t("lock.opened", { name: by, at: dateTime(row.opened_at) })} ·{" "}
          {row.used_at ? t("lock.used", { at: dateTime(row.used_at) }) : t("lock.unused")}
        </p>
        {end.error && (
          <p className="notice bad" role="alert">
            {sentence(end.error, t)}
          </p>
        )}
      </div>
      {(here || row.manageable) && (
        <Popconfirm
          title={t("lock.endSure")}
          okText={t(here ? "lock.endHere" : "lock.end")}
          cancelText={t("words.cancel")}
          onConfirm={() => end.mutate()}
        >
          <Button danger loading={end.isPending}>
            {t(here ? "lock.endHere" : "lock.end")}
          </Button>
        </Popconfirm>
      )}
    </li>
  );
}
