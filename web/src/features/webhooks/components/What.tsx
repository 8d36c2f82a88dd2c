import Checkbox from "antd/es/checkbox";
import Select from "antd/es/select";
import { useId } from "react";
import type { WebhookPage } from "@/api/webhooks";
import { useSpeech } from "@/shared/i18n";

interface OrgProps {
  page: WebhookPage;
  org: string;
  set: (org: string) => void;
}

/** Whose events are told: a unit's own and those of all below it. */
export function Whose({ page, org, set }: OrgProps) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{t("webhooks.org")}</label>
      <Select
        id={id}
        showSearch
        optionFilterProp="label"
        value={org}
        options={page.orgs.map((one) => ({ value: one.id, label: one.name }))}
        onChange={set}
      />
    </>
  );
}

interface WhatProps {
  page: WebhookPage;
  events: string[];
  setEvents: (events: string[]) => void;
  processes: string[];
  setProcesses: (processes: string[]) => void;
}

/** Of what is told: which events, of which processes. */
export function What({ page, events, setEvents, processes, setProcesses }: WhatProps) {
  const { t, say } = useSpeech();
  const id = useId();
  return (
    <>
      <span className="field-label" id={`${id}-events`}>
        {t("webhooks.events")}
      </span>
      <Checkbox.Group
        className="webhooks-events"
        aria-labelledby={`${id}-events`}
        options={page.events.map((one) => ({ value: one.id, label: say(one.title) }))}
        value={events}
        onChange={setEvents}
      />
      <label htmlFor={`${id}-processes`}>{t("webhooks.processes")}</label>
      <Select
        id={`${id}-processes`}
        mode="multiple"
        allowClear
        optionFilterProp="label"
        placeholder={t("webhooks.all")}
        value={processes}
        options={page.processes.map((one) => ({ value: one.id, label: say(one.title) }))}
        onChange={setProcesses}
      />
    </>
  );
}
