import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { useState } from "react";
import { api, query } from "@/api/client";
import type { OrgChoice, Page } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { type FieldProps, useFormContext } from "../skin";

/**
 * An organisation unit: the nearest first, found by name or code. On a case the server leaves out
 * whom its rules would refuse.
 */
export function OrgField({ id, field, value, set, invalid }: FieldProps) {
  const { t } = useSpeech();
  const { at } = useFormContext();
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<OrgChoice | null>(null);
  const path = at ? `${at}/orgs${query({ field: field.id, q: q.trim() })}` : "/orgs";
  const found = useQuery({
    queryKey: ["orgs", path],
    queryFn: ({ signal }) => api.get<Page<OrgChoice>>(path, { signal }),
    placeholderData: keepPreviousData,
  });
  const wanted = q.trim().toLowerCase();
  const fits = (org: OrgChoice) =>
    at !== null || `${org.name} ${org.code}`.toLowerCase().includes(wanted);
  const works = (org: OrgChoice) => !("standing" in org) || org.standing !== "closed";
  const items = (found.data?.items ?? []).filter((org) => fits(org) && works(org));
  // What was chosen keeps its name while something else is being looked for.
  const shown = chosen && !items.some((org) => org.id === chosen.id) ? [chosen, ...items] : items;
  return (
    <Select
      id={id}
      showSearch={{ searchValue: q, onSearch: setQ, filterOption: false }}
      allowClear
      loading={found.isFetching}
      style={{ width: "100%" }}
      placeholder={t("form.orgSearch")}
      notFoundContent={found.isPending ? t("words.loading") : t("form.orgNone")}
      status={invalid ? "error" : ""}
      value={(value as string | null) ?? undefined}
      options={shown.map((org) => ({
        value: org.id,
        name: org.name,
        label: (
          <span className="org-option">
            <span>{org.name}</span>
            <span className="muted">{[org.code, org.above].filter(Boolean).join(" · ")}</span>
          </span>
        ),
      }))}
      optionLabelProp="name"
      onChange={(next: string | undefined) => {
        set(next ?? null);
        setChosen(items.find((org) => org.id === next) ?? null);
        setQ("");
      }}
    />
  );
}
