import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { mergesQuery, part, type Merge } from "../api/queries";

/** Files that were merged into this one, and the way back while nothing rests on it. */
export function Merges({ id }: { id: string }) {
  const { t } = useSpeech();
  const found = useQuery(mergesQuery(id));
  const merges = found.data?.items ?? [];
  if (merges.length === 0) return null;
  return (
    <section className="card stack">
      <h2>{t("customers.merges")}</h2>
      {merges.map((one) => (
        <Row key={one.id} id={id} one={one} />
      ))}
    </section>
  );
}

function Row({ id, one }: { id: string; one: Merge }) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const back = useMutation({
    mutationFn: () => part(id, one.id, reason.trim()),
    onSettled: () => queries.invalidateQueries({ queryKey: ["customer"] }),
  });
  const { gone } = one;
  return (
    <div className="stack merge-row">
      <div className="row">
        <span>
          {[gone.name_masked, gone.phone_masked].filter(Boolean).join(" · ") ||
            t("customers.nameless")}
        </span>
        <span className="push muted small">
          {one.by?.name} · {dateTime(one.at)}
        </span>
      </div>
      {one.rests ? (
        <p className="muted small">{say(one.rests)}</p>
      ) : (
        <form
          className="hold-form"
          onSubmit={(event) => {
            event.preventDefault();
            back.mutate();
          }}
        >
          <Input
            className="grow"
            maxLength={200}
            aria-label={t("customers.partReason")}
            placeholder={t("customers.partReason")}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button htmlType="submit" loading={back.isPending} disabled={reason.trim().length < 2}>
            {t("customers.part")}
          </Button>
        </form>
      )}
      {back.error && (
        <p className="notice bad" role="alert">
          {sentence(back.error, t)}
        </p>
      )}
    </div>
  );
}
