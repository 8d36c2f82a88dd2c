import { useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import type { SecretWebhook } from "@/api/webhooks";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { webhooksQuery } from "../api/queries";
import { EditRobot } from "../components/EditRobot";
import { EditWebhook } from "../components/EditWebhook";
import { Mail } from "../components/Mail";
import { Secret } from "../components/Secret";
import { WebhookCard } from "../components/WebhookCard";
import "./webhooks.css";

/** Subscriptions (事件推送): programs of others that are told what happens to cases. */
export default function Webhooks() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [making, setMaking] = useState<"program" | "robot" | null>(null);
  const [made, setMade] = useState<SecretWebhook | null>(null);
  const page = useQuery(webhooksQuery);
  const data = page.data;
  const Edit = making === "robot" ? EditRobot : EditWebhook;
  return (
    <div className="stack webhooks-page">
      <div className="page-head">
        <h1>{t("webhooks.title")}</h1>
        {data?.may_make_robot && !making && (
          <Button type="primary" onClick={() => setMaking("robot")}>
            {t("robots.add")}
          </Button>
        )}
        {data?.may_make && !making && (
          <Button onClick={() => setMaking("program")}>{t("webhooks.add")}</Button>
        )}
      </div>
      <p className="muted">{t("webhooks.text")}</p>
      <p className="muted">{t("robots.text")}</p>
      {made && <Secret made={made} close={() => setMade(null)} />}
      {page.isPending && <Loading lines={3} />}
      {page.isError && !data && (
        <Failed error={page.error} retry={() => void page.refetch()} />
      )}
      {data && making && (
        <section className="card stack">
          <h2>{t(making === "robot" ? "robots.add" : "webhooks.add")}</h2>
          <Edit
            page={data}
            close={() => setMaking(null)}
            done={(next) => {
              setMade(next);
              setMaking(null);
              void queries.invalidateQueries({ queryKey: ["webhooks"] });
            }}
          />
        </section>
      )}
      {data && !data.may_make && <p className="notice">{t("webhooks.full")}</p>}
      {data && !data.may_make_robot && <p className="notice">{t("robots.full")}</p>}
      {data && data.items.length === 0 && !making && (
        <Blank title={t("webhooks.none")} text={t("webhooks.noneText")} />
      )}
      {data?.items.map((row) => (
        <WebhookCard key={row.id} row={row} page={data} made={setMade} />
      ))}
      <Mail />
    </div>
  );
}
