import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { type FormEvent, useId, useState } from "react";
import type { Choice, HeldEvent, WebhookRow } from "@/api/webhooks";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { skipEvent, tellNow } from "../api/queries";

interface Props {
  row: WebhookRow;
  held: HeldEvent;
  events: Choice[];
}

/** The event a subscription is stopped at: told again now, or skipped with a reason. */
export function Held({ row, held, events }: Props) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const field = useId();
  const [skipping, setSkipping] = useState(false);
  const [reason, setReason] = useState("");
  const learn = () => queries.invalidateQueries({ queryKey: ["webhooks"] });
  const now = useMutation({ mutationFn: () => tellNow(row.id), onSettled: learn });
  const skip = useMutation({
    mutationFn: () => skipEvent(row.id, held.message, reason.trim()),
    onSettled: learn,
  });
  const title = events.find((event) => event.id === held.event)?.title;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length > 1) skip.mutate();
  };
  const error = skip.error ?? now.error;
  return (
    <div className={`notice stack ${held.stopped ? "bad" : "warn"}`}>
      <p>
        {t(held.stopped ? "webhooks.stoppedAt" : "webhooks.heldAt", {
          event: title ? say(title) : held.event,
          number: held.case.number,
          since: row.failing_since ? dateTime(row.failing_since) : "–",
          n: held.tries,
        })}
      </p>
      {error && (
        <p className="late" role="alert">
          {sentence(error, t)}
        </p>
      )}
      {skipping ? (
        <form className="stack" onSubmit={submit}>
          <label htmlFor={field}>{t("webhooks.skipWhy")}</label>
          <Input
            id={field}
            autoFocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <div className="row">
            <Button
              danger
              htmlType="submit"
              loading={skip.isPending}
              disabled={reason.trim().length < 2}
            >
              {t("webhooks.skipThis", { number: held.case.number })}
            </Button>
            <Button onClick={() => setSkipping(false)}>{t("words.cancel")}</Button>
          </div>
        </form>
      ) : (
        <div className="row">
          {row.state === "on" && (
            <Button loading={now.isPending} onClick={() => now.mutate()}>
              {t("webhooks.now")}
            </Button>
          )}
          <Button onClick={() => setSkipping(true)}>{t("webhooks.skip")}</Button>
        </div>
      )}
    </div>
  );
}
