import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import { meQuery } from "@/api/queries/session";
import type { OrgMode, OrgRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading, sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { orgsQuery, setMode } from "../api/schedules";
import "./schedules.css";

const modes: OrgMode[] = ["simple", "standard", "full"];

/** How strictly each unit keeps duties apart, and how often one person checked the own work. */
export default function Modes() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const orgs = useQuery(orgsQuery);
  const [edited, setEdited] = useState<string | null>(null);
  if (orgs.isPending) return <Loading lines={8} />;
  if (orgs.isError) return <Failed error={orgs.error} retry={() => void orgs.refetch()} />;
  const may = me?.permissions.includes("rulebook_publish") ?? false;
  const all = orgs.data.items;
  const name = (id: string | null) => all.find((org) => org.id === id)?.name;
  return (
    <section className="card">
      <p className="muted">{t("rulebook.modesHint")}</p>
      <table className="modes">
        <thead>
          <tr>
            <th>{t("rulebook.modeUnit")}</th>
            <th>{t("rulebook.mode")}</th>
            <th>{t("rulebook.modeOwn")}</th>
          </tr>
        </thead>
        <tbody>
          {all
            .filter((org) => org.in_scope)
            .map((org) => (
              <tr key={org.id}>
                <td>{org.name}</td>
                <td>
                  {t(`rulebook.mode_${org.mode}`)}{" "}
                  {org.mode_from !== org.id && (
                    <small className="muted">
                      {org.mode_from
                        ? t("rulebook.modeFrom", { unit: name(org.mode_from) ?? "" })
                        : t("rulebook.modeDefault")}
                    </small>
                  )}{" "}
                  {may && edited !== org.id && (
                    <button type="button" className="link small" onClick={() => setEdited(org.id)}>
                      {t("rulebook.modeChange")}
                    </button>
                  )}
                  {edited === org.id && <Change org={org} done={() => setEdited(null)} />}
                </td>
                <td>
                  {org.self_approvals > 0 ? (
                    <Tag tone="warn">{org.self_approvals}</Tag>
                  ) : (
                    <span className="muted">0</span>
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function Change({ org, done }: { org: OrgRow; done: () => void }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [mode, choose] = useState<OrgMode | "">(org.mode_from === org.id ? org.mode : "");
  const [reason, setReason] = useState("");
  const change = useMutation({
    mutationFn: () => setMode(org.id, mode || null, reason),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["orgs"] });
      done();
    },
  });
  return (
    <form
      className="schedule-run"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <select
        aria-label={t("rulebook.mode")}
        value={mode}
        onChange={(event) => choose(event.target.value as OrgMode | "")}
      >
        <option value="">{t("rulebook.modeInherit")}</option>
        {modes.map((each) => (
          <option key={each} value={each}>
            {t(`rulebook.mode_${each}`)}
          </option>
        ))}
      </select>
      <Input
        aria-label={t("form.reason")}
        placeholder={t("form.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button htmlType="submit" loading={change.isPending} disabled={!reason.trim()}>
        {t("rulebook.modeSave")}
      </Button>
      <Button type="text" onClick={done}>
        {t("words.close")}
      </Button>
      {change.isError && <span className="warn-text">{sentence(change.error, t)}</span>}
    </form>
  );
}
