import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Modal from "antd/es/modal";
import { useEffect, useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortDay, shortTime } from "@/shared/time/format";
import { Loading, sentence } from "@/shared/ui/States";
import { customerQuery, endWechat, type Wechat as Stand, wechatCode } from "../api/queries";

/** How often the page asks whether the code was scanned, while it is shown. */
const LOOK_MS = 3_000;

/** Whether a customer is told in WeChat (微信): a code they scan at the counter, or the way out. */
export function Wechat({ id, stand }: { id: string; stand: Stand }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const end = useMutation({
    mutationFn: () => endWechat(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["customer", id] }),
  });
  if (!stand.offered && !stand.since) return null;
  return (
    <section className="card stack">
      <div className="row">
        <b>{t("customers.wechat")}</b>
        <span className={stand.since ? "" : "muted"}>
          {stand.since
            ? t("customers.wechatSince", { day: shortDay(stand.since, now()) })
            : t("customers.noWechat")}
        </span>
        {stand.offered && (
          <Button onClick={() => setOpen(true)}>
            {t(stand.since ? "customers.wechatAnew" : "customers.wechatScan")}
          </Button>
        )}
        {stand.since && (
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            {t("customers.wechatEnd")}
          </Button>
        )}
      </div>
      {end.error && (
        <p className="notice bad" role="alert">
          {sentence(end.error, t)}
        </p>
      )}
      <Modal
        open={open}
        title={t("customers.wechatScan")}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <Code id={id} before={stand.since} done={() => setOpen(false)} />
      </Modal>
    </section>
  );
}

/** The code; it closes by itself once it was scanned. */
function Code({ id, before, done }: { id: string; before: string | null; done: () => void }) {
  const { t } = useSpeech();
  const [from] = useState(before);
  const code = useMutation({ mutationFn: () => wechatCode(id) });
  const { mutate } = code;
  useEffect(() => mutate(), [mutate]);
  const seen = useQuery({ ...customerQuery(id), refetchInterval: LOOK_MS });
  const since = seen.data?.wechat.since ?? null;
  const scanned = since !== null && since !== from;
  if (scanned) {
    return (
      <div className="stack wechat-code">
        <p className="notice ok" role="status">
          {t("customers.wechatDone")}
        </p>
        <Button type="primary" onClick={done}>
          {t("words.close")}
        </Button>
      </div>
    );
  }
  if (code.error) {
    return (
      <div className="stack wechat-code">
        <p className="notice bad" role="alert">
          {sentence(code.error, t)}
        </p>
        <Button onClick={() => code.mutate()}>{t("words.retry")}</Button>
      </div>
    );
  }
  if (!code.data) return <Loading lines={4} />;
  return (
    <div className="stack wechat-code">
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(code.data.svg)}`}
        alt={t("customers.wechatCode")}
      />
      <p>{t("customers.wechatHow")}</p>
      <p className="muted small">
        {t("customers.wechatUntil", { at: shortTime(code.data.expires_at, now()) })}
      </p>
    </div>
  );
}
