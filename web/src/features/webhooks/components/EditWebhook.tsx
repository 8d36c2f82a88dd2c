import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useId, useState } from "react";
import type { SecretWebhook, WebhookPage, WebhookRow } from "@/api/webhooks";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { changeWebhook, makeWebhook } from "../api/queries";
import { What, Whose } from "./What";

interface Props {
  page: WebhookPage;
  /** The one to change; without one, another is made. */
  row?: WebhookRow;
  done: (made: SecretWebhook | null) => void;
  close: () => void;
}

/** Which program is told, where, and of what. */
export function EditWebhook({ page, row, done, close }: Props) {
  const { t } = useSpeech();
  const id = useId();
  const [name, setName] = useState(row?.name ?? "");
  const [address, setAddress] = useState(row?.address ?? "");
  const [org, setOrg] = useState(page.orgs[0]?.id ?? "");
  const [events, setEvents] = useState<string[]>(row?.events ?? ["case.opened", "case.closed"]);
  const [processes, setProcesses] = useState<string[]>(row?.processes ?? []);
  const save = useMutation({
    mutationFn: async () => {
      const form = { name, address, events, processes };
      if (!row) return makeWebhook(org, form);
      await changeWebhook(row, form);
      return null;
    },
    onSuccess: done,
  });
  const missing = !name.trim() || !address.trim() || events.length === 0 || !org;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <label htmlFor={`${id}-name`}>{t("webhooks.name")}</label>
      <Input
        id={`${id}-name`}
        maxLength={60}
        placeholder={t("webhooks.nameHint")}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor={`${id}-address`}>{t("webhooks.address")}</label>
      <Input
        id={`${id}-address`}
        className="mono"
        inputMode="url"
        autoComplete="off"
        maxLength={500}
        placeholder="https://erp.example.com/hooks"
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      {!row && <Whose page={page} org={org} set={setOrg} />}
      <What
        page={page}
        events={events}
        setEvents={setEvents}
        processes={processes}
        setProcesses={setProcesses}
      />
      {save.error && (
        <p className="notice bad" role="alert">
          {sentence(save.error, t)}
        </p>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={missing}>
          {t(row ? "webhooks.save" : "webhooks.make")}
        </Button>
        <Button onClick={close}>{t("words.cancel")}</Button>
      </div>
    </form>
  );
}
