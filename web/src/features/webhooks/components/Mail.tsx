import { useMutation, useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { channelsQuery, tryLetter } from "../api/queries";

/** The company's mail server: who writes, and a letter to try it. */
export function Mail() {
  const { t } = useSpeech();
  const [to, setTo] = useState("");
  const channels = useQuery(channelsQuery);
  const test = useMutation({ mutationFn: () => tryLetter(to.trim()) });
  const mail = channels.data?.mail;
  if (!channels.data) return null;
  const names = channels.data.customers.map((channel) => t(`told.channel_${channel}`));
  const order = names.join(" → ");
  return (
    <section className="card stack">
      <h2>{t("mail.title")}</h2>
      <p className="small">
        {channels.data.customers.length > 0
          ? `${t("mail.order")}: ${order}`
          : t("mail.none_channels")}
      </p>
      {channels.data.wechat && (
        <p className="small">
          {t("mail.wechat")} · <span className="mono">{channels.data.wechat}</span>
        </p>
      )}
      {!mail && <p className="muted">{t("mail.none")}</p>}
      {mail && (
        <>
          <p className="small">
            {mail.from} · {mail.host}
          </p>
          <form
            className="row webhooks-secret"
            onSubmit={(event) => {
              event.preventDefault();
              test.mutate();
            }}
          >
            <Input
              type="email"
              inputMode="email"
              aria-label={t("mail.to")}
              placeholder={t("mail.to")}
              maxLength={254}
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
            <Button htmlType="submit" loading={test.isPending} disabled={!to.trim()}>
              {t("mail.test")}
            </Button>
          </form>
        </>
      )}
      {test.data && (
        <p className={test.data.state === "sent" ? "notice ok" : "notice bad"} role="status">
          {t(`mail.state_${test.data.state}`)}
          {test.data.state !== "sent" && <span className="mono"> {test.data.why}</span>}
        </p>
      )}
      {test.error && (
        <p className="notice bad" role="alert">
          {sentence(test.error, t)}
        </p>
      )}
    </section>
  );
}
