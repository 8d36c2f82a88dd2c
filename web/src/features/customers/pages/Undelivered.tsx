import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { Told } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ToldLine } from "@/shared/told/ToldLine";
import { Blank, Failed, Loading, sentence } from "@/shared/ui/States";
import { seeTo, undeliveredQuery } from "../api/queries";
import "../customers.css";

/** Messages that reached nobody: whom to telephone, and what about. */
export default function Undelivered() {
  const { t } = useSpeech();
  const list = useQuery(undeliveredQuery);
  return (
    <div className="stack customer-page">
      <div className="page-head">
        <h1>{t("told.undelivered")}</h1>
      </div>
      {list.isPending && <Loading lines={5} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && list.data.items.length === 0 && (
        <Blank title={t("told.none")} text={t("told.noneText")} />
      )}
      {list.isSuccess && list.data.items.length > 0 && (
        <p className="muted">{t("told.undeliveredText")}</p>
      )}
      {list.data?.items.map((one) => (
        <Row key={one.id} one={one} />
      ))}
    </div>
  );
}

function Row({ one }: { one: Told }) {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const see = useMutation({
    mutationFn: (how: "again" | "done") => seeTo(one.id, how),
    onSettled: () => queries.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  const { customer } = one;
  const name = [customer.name_masked, customer.phone_masked].filter(Boolean).join(" · ");
  return (
    <section className="card">
      <div className="row">
        <Link to={`/customer/${customer.id}`}>
          <b>{name || t("customers.nameless")}</b>
        </Link>
        {one.case && <Link to={`/case/${one.case.id}`}>{one.case.number}</Link>}
      </div>
      <ul className="told-list">
        <ToldLine of={one} />
      </ul>
      {see.error && <p className="late small">{sentence(see.error, t)}</p>}
      {me?.permissions.includes("customer_write") && (
        <div className="row">
          <Button loading={see.isPending} onClick={() => see.mutate("done")}>
            {t("told.done")}
          </Button>
          <Button
            disabled={!one.can_again}
            loading={see.isPending}
            onClick={() => see.mutate("again")}
          >
            {t("told.again")}
          </Button>
          {!one.can_again && <span className="muted small">{t("told.textGone")}</span>}
        </div>
      )}
    </section>
  );
}
