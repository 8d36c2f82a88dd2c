import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { copy } from "../api/queries";

/** Takes out a copy of everything held about somebody; the reason stays on record. */
export function CopyForm({ id, done }: { id: string; done: () => Promise<void> }) {
  const { t } = useSpeech();
  const [reason, setReason] = useState("");
  const take = useMutation({
    mutationFn: () => copy(id, reason.trim()),
    onSuccess: async () => {
      setReason("");
      await done();
    },
  });
  return (
    <section className="card stack">
      <h2>{t("customers.copy")}</h2>
      <p className="muted">{t("customers.copyText")}</p>
      <form
        className="hold-form"
        onSubmit={(event) => {
          event.preventDefault();
          take.mutate();
        }}
      >
        <Input
          className="grow"
          aria-label={t("customers.copyReason")}
          placeholder={t("customers.copyReason")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button htmlType="submit" loading={take.isPending} disabled={reason.trim().length < 2}>
          {t("customers.takeCopy")}
        </Button>
      </form>
      {take.error && (
        <p className="notice bad" role="alert">
          {sentence(take.error, t)}
        </p>
      )}
    </section>
  );
}
