import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useId, useState } from "react";
import { Refused } from "@/api/client";
import type { Me } from "@/api/types";
import { DateInput } from "@/shared/form/fields/DateField";
import { useSpeech } from "@/shared/i18n";
import { ColleagueSelect } from "@/shared/people/ColleagueSelect";
import { now } from "@/shared/time/clock";
import { dateTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { type NewDeputy, nameDeputy } from "../api/queries";

const today = () => dateTime(new Date(now()).toISOString()).slice(0, 10);
type Draft = { [K in keyof NewDeputy]: string | null };
const blank = (): Draft => ({ person: null, deputy: null, from: today(), to: today(), reason: "" });

/** Who holds an office while somebody is away: mine, or for a manager that of a colleague. */
export function NameDeputy({ me }: { me: Me }) {
  const { t } = useSpeech();
  const id = useId();
  const queries = useQueryClient();
  const manages = me.permissions.includes("people_write");
  const [value, setValue] = useState<Draft>(blank);
  const put = (part: Partial<Draft>) => setValue((last) => ({ ...last, ...part }));
  const name = useMutation({
    mutationFn: nameDeputy,
    onSuccess: () => {
      setValue(blank());
      void queries.invalidateQueries({ queryKey: ["deputies"] });
    },
  });
  const { person, deputy, from, to } = value;
  const reason = value.reason?.trim() ?? "";
  const complete = Boolean(deputy && from && to && reason);
  const send = () => {
    if (!deputy || !from || !to || !complete) return;
    name.mutate({ person: person === me.person.id ? null : person, deputy, from, to, reason });
  };
  const wrong = name.error instanceof Refused ? name.error.problem.fields?.[0]?.field : undefined;
  return (
    <section className="card stack" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t("offices.name")}</h2>
      <p className="muted small">{t("offices.nameText")}</p>
      <div className="fields">
        {manages && (
          <div className="field">
            <label htmlFor={`${id}-person`}>{t("offices.away")}</label>
            <ColleagueSelect
              id={`${id}-person`}
              value={person ?? me.person.id}
              set={(next) => put({ person: next })}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-deputy`}>{t("offices.deputy")}</label>
          <ColleagueSelect
            id={`${id}-deputy`}
            value={deputy}
            set={(next) => put({ deputy: next })}
            without={[person ?? me.person.id]}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-from`}>{t("offices.from")}</label>
          <DateInput
            id={`${id}-from`}
            value={from}
            set={(next) => put({ from: next })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-to`}>{t("offices.to")}</label>
          <DateInput
            id={`${id}-to`}
            value={to}
            set={(next) => put({ to: next })}
            invalid={wrong === "to"}
            {...(from && { from })}
          />
        </div>
        <div className="field wide">
          <label htmlFor={`${id}-reason`}>{t("offices.reason")}</label>
          <Input
            id={`${id}-reason`}
            value={value.reason ?? ""}
            maxLength={200}
            placeholder={t("offices.reasonHint")}
            onChange={(event) => put({ reason: event.target.value })}
          />
        </div>
      </div>
      {name.error && (
        <p className="notice bad" role="alert">
          {sentence(name.error, t)}
        </p>
      )}
      <div className="row">
        <Button type="primary" loading={name.isPending} disabled={!complete} onClick={send}>
          {t("offices.confirm")}
        </Button>
      </div>
    </section>
  );
}
