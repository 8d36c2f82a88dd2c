import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Select from "antd/es/select";
import { api, query } from "@/api/client";
import type { Candidate, Named, Page } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Refusal } from "@/shared/ui/Refusal";
import { Tag } from "@/shared/ui/Tag";
import { type FieldProps, useFormContext } from "../skin";

/** A member of staff: a table with certificates and refusals where the server offers one. */
export default function PersonField(props: FieldProps) {
  if (props.field.candidates) return <Candidates {...props} rows={props.field.candidates} />;
  return <AnyPerson {...props} />;
}

function Candidates({ id, field, value, set, rows: all }: FieldProps & { rows: Candidate[] }) {
  const { t, say } = useSpeech();
  const { pickAndSubmit, act } = useFormContext();
  const rows = [...all].sort((a, b) => rank(a) - rank(b));
  if (rows.length === 0) return <p className="muted">{t("form.noCandidates")}</p>;
  const free = rows.findIndex((row) => !row.refused);
  return (
    <div className="scroll-x candidates" id={id} role="group" aria-label={say(field.title)}>
      <table className="paper-table">
        <thead>
          <tr>
            <th>{say(field.title)}</th>
            <th className="wide-only">{t("form.skills")}</th>
            <th>{t("form.certificate")}</th>
            <th className="num">{t("form.openCases")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.id} className={row.refused ? "refused" : ""}>
              <td>
                <b>{row.name}</b>
                {row.away && (
                  <>
                    {" "}
                    <Tag>{t("form.away")}</Tag>
                  </>
                )}
              </td>
              <td className="wide-only">
                {(row.skills.length > 0 ? row.skills : row.roles)
                  .map((each) => say(each))
                  .join(" · ")}
              </td>
              <td>
                <Certificate row={row} />
              </td>
              <td className="num">{row.open_cases}</td>
              <td className="num">
                {row.refused && (
                  <span className="candidate-no">
                    <Refusal
                      problem={row.refused}
                      {...(!arguable(row) && { prefix: t("form.cannotPick", { why: "" }) })}
                    />
                  </span>
                )}
                {(!row.refused || arguable(row)) && (
                  <Button
                    size="small"
                    type={value === row.id || (pickAndSubmit && i === free) ? "primary" : "default"}
                    aria-pressed={value === row.id}
                    onClick={() => (pickAndSubmit ? pickAndSubmit(row.id) : set(row.id))}
                  >
                    {pickAndSubmit ? act : t(value === row.id ? "form.picked" : "form.pick")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// Who is free stands on top, then who takes a reason, last who may not be chosen.
const rank = (row: Candidate) => (row.refused ? (arguable(row) ? 1 : 2) : 0);

/** Whether a reason is enough to choose the person all the same. */
const arguable = (row: Candidate) => row.refused?.grade === "reason";

function Certificate({ row }: { row: Candidate }) {
  const { t } = useSpeech();
  if (!row.certificate) return <Tag tone="bad">{t("form.noCertificate")}</Tag>;
  const { valid, expires, number } = row.certificate;
  return (
    <span title={number}>
      <Tag tone={valid ? "ok" : "bad"}>
        {t(valid ? "form.validUntil" : "form.expiredOn", { day: expires })}
      </Tag>
    </span>
  );
}

function AnyPerson({ id, field, value, set, invalid }: FieldProps) {
  const { t } = useSpeech();
  const roles = field.roles?.join(",") ?? "";
  const { data, isPending } = useQuery({
    queryKey: ["people", roles],
    queryFn: ({ signal }) => api.get<Page<Named>>(`/people${query({ role: roles })}`, { signal }),
  });
  return (
    <Select
      id={id}
      showSearch={{ optionFilterProp: "label" }}
      allowClear
      loading={isPending}
      style={{ width: "100%" }}
      placeholder={t("form.choose")}
      status={invalid ? "error" : ""}
      value={(value as string | null) ?? undefined}
      options={data?.items.map((person) => ({ value: person.id, label: person.name })) ?? []}
      onChange={(next: string | undefined) => set(next ?? null)}
    />
  );
}
