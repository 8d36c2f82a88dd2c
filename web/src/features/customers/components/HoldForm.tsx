import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { putHold } from "../api/queries";

/** Puts a hold: whatever is asked, the data stays until it is lifted or its day is over. */
export function HoldForm({ id, done }: { id: string; done: () => Promise<void> }) {
  const { t } = useSpeech();
  const [reason, setReason] = useState("");
  const [through, setThrough] = useState("");
  const put = useMutation({
    mutationFn: () => putHold(id, reason.trim(), through || null),
    onSuccess: async () => {
      setReason("");
      setThrough("");
      await done();
    },
  });
  return (
    <form
      className="hold-form"
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate();
      }}
    >
      <Input
        className="grow"
        aria-label={t("customers.holdReason")}
        placeholder={t("customers.holdReason")}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <label className="row">
        <span className="muted small">{t("customers.holdThrough")}</span>
        <Input
          type="date"
          style={{ width: 150 }}
          value={through}
          onChange={(event) => setThrough(event.target.value)}
        />
      </label>
      <Button htmlType="submit" loading={put.isPending} disabled={reason.trim().length < 2}>
        {t("customers.putHold")}
      </Button>
      {put.error && (
        <p className="notice bad" role="alert">
          {sentence(put.error, t)}
        </p>
      )}
    </form>
  );
}
