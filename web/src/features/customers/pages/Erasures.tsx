import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { erasuresQuery, type Waiting } from "../api/queries";
import { HeldRows } from "../components/HeldRows";
import "../customers.css";

/** Erasures that were asked for and wait; those that nothing holds up any more stand first. */
export default function Erasures() {
  const { t } = useSpeech();
  const list = useQuery(erasuresQuery);
  if (list.isPending) return <Loading lines={5} />;
  if (list.isError) return <Failed error={list.error} retry={() => void list.refetch()} />;
  return (
    <div className="stack customer-page">
      <div className="page-head">
        <h1>{t("frame.erasures")}</h1>
        {list.data.items.length > 0 && (
          <span className="push">
            <ExportButton
              list="erasures"
              filter={{}}
              columns={[
                { key: "customer.name_masked", title: t("registers.name") },
                { key: "customer.phone_masked", title: t("registers.phone") },
                { key: "request.asked_at", title: t("messages.at") },
                { key: "request.by", title: t("registers.by") },
                { key: "held", title: t("customers.waiting") },
              ]}
            />
          </span>
        )}
      </div>
      {list.data.items.length === 0 && (
        <Blank title={t("customers.noneWaits")} text={t("customers.noneWaitsText")} />
      )}
      {list.data.items.map((one) => (
        <Row key={one.customer.id} one={one} />
      ))}
    </div>
  );
}

function Row({ one }: { one: Waiting }) {
  const { t } = useSpeech();
  const { customer, request, held } = one;
  const ready = held.length === 0;
  return (
    <section className="card stack">
      <div className="row">
        <Link to={`/customer/${customer.id}`}>
          <b>
            {[customer.name_masked, customer.phone_masked].filter(Boolean).join(" · ") ||
              t("customers.nameless")}
          </b>
        </Link>
        <Tag tone={ready ? "ok" : "warn"}>{t(ready ? "customers.ready" : "customers.waiting")}</Tag>
        <span className="push muted small">
          {t("customers.waits", { at: dateTime(request.asked_at), by: request.by?.name ?? "–" })}
        </span>
      </div>
      <HeldRows held={held} />
    </section>
  );
}
