import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { putEmail } from "../api/queries";

/** Where a customer wants letters (电子邮箱): shown masked, written anew or forgotten. */
export function Email({ id, masked }: { id: string; masked: string | null }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const save = useMutation({
    mutationFn: (next: string | null) => putEmail(id, next),
    onSuccess: () => {
      setOpen(false);
      setEmail("");
      return queries.invalidateQueries({ queryKey: ["customer", id] });
    },
  });
  return (
    <section className="card stack">
      <div className="row">
        <b>{t("customers.email")}</b>
        <span className={masked ? "" : "muted"}>{masked ?? t("customers.noEmail")}</span>
        {!open && (
          <Button onClick={() => setOpen(true)}>
            {t(masked ? "customers.changeEmail" : "customers.addEmail")}
          </Button>
        )}
      </div>
      {open && (
        <form
          className="hold-form"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate(email.trim());
          }}
        >
          <Input
            className="grow"
            type="email"
            inputMode="email"
            autoComplete="off"
            aria-label={t("customers.email")}
            placeholder="wang@example.com"
            maxLength={254}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Button
            type="primary"
            htmlType="submit"
            loading={save.isPending}
            disabled={!email.trim()}
          >
            {t("customers.saveEmail")}
          </Button>
          {masked && (
            <Button loading={save.isPending} onClick={() => save.mutate(null)}>
              {t("customers.forgetEmail")}
            </Button>
          )}
          <Button onClick={() => setOpen(false)}>{t("words.cancel")}</Button>
        </form>
      )}
      {save.error && (
        <p className="notice bad" role="alert">
          {sentence(save.error, t)}
        </p>
      )}
    </section>
  );
}
