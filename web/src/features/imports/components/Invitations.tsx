import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { type Invited, invite } from "../api/queries";

const address = (one: Invited) => `${location.origin}${one.path}`;

/** A cell that no spreadsheet runs as a formula. */
const cell = (text: string) => `"${text.replace(/^([=+\-@])/, "'$1").replaceAll('"', '""')}"`;

/** The links of those a workbook took on: made when asked for, shown once, handed out by the one
 *  who asked. */
export function Invitations({ id }: { id: string }) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState(false);
  const ask = useMutation({ mutationFn: () => invite(id), onSuccess: () => setCopied(false) });
  const links = ask.data;
  const table = (links ?? []).map((one) => [one.name, one.login, one.org, address(one)]);
  const save = () => {
    const keys = ["name", "login", "unit", "link"] as const;
    const head = keys.map((key) => t(`imports.invite_${key}`));
    const lines = [head, ...table].map((row) => row.map(cell).join(","));
    // The mark lets a spreadsheet read the Chinese in it.
    const file = new Blob(["\ufeff", lines.join("\r\n")], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${t("imports.invite_file")}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="stack import-links">
      <p>{t("imports.peopleIn")}</p>
      {!links && (
        <div className="row">
          <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate()}>
            {t("imports.invite")}
          </Button>
          <span className="muted small">{t("imports.inviteHint")}</span>
        </div>
      )}
      {ask.error && (
        <p className="late" role="alert">
          {sentence(ask.error, t)}
        </p>
      )}
      {links?.length === 0 && <p>{t("imports.inviteNone")}</p>}
      {links?.[0] && (
        <>
          <p>{t("imports.inviteOnce", { until: dateTime(links[0].expires_at) })}</p>
          <div className="row">
            <Button type="primary" onClick={save}>
              {t("imports.inviteSave")}
            </Button>
            <Button
              onClick={() => {
                // Without HTTPS there is no clipboard; the file can still be saved.
                const text = table.map((row) => row.join("\t")).join("\n");
                void navigator.clipboard?.writeText(text).then(() => setCopied(true));
              }}
            >
              {t(copied ? "imports.inviteCopied" : "imports.inviteCopy")}
            </Button>
          </div>
          <ul className="import-link-list">
            {links.map((one) => (
              <li key={one.id}>
                <b>{one.name}</b> <span className="muted">{`${one.login} · ${one.org}`}</span>
                <code>{address(one)}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
