import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import Switch from "antd/es/switch";
import { type ReactNode, useId, useState } from "react";
import { Refused } from "@/api/client";
import { catalogQuery } from "@/api/queries/shared";
import { DateInput } from "@/shared/form/fields/DateField";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { type PersonForm, rolesQuery, unitsQuery } from "../api/queries";
import { type RoleAt, RolesEditor } from "./RolesEditor";
import { UnitSelect } from "./UnitSelect";

export interface PersonDraft extends Omit<PersonForm, "org" | "roles"> {
  org: string | null;
  roles: RoleAt[];
}

interface Props {
  start: PersonDraft;
  /** The field that a new person has and a known one does not. */
  login?: { value: string; set: (next: string) => void };
  busy: boolean;
  error: unknown;
  save: (form: PersonForm) => void;
  children?: ReactNode;
}

/** Who somebody is, where they work and what they hold. */
export function PersonEditor({ start, login, busy, error, save, children }: Props) {
  const { t, say } = useSpeech();
  const id = useId();
  const [value, setValue] = useState(start);
  const put = (part: Partial<PersonDraft>) => setValue((last) => ({ ...last, ...part }));
  const { data: roles } = useQuery(rolesQuery);
  const { data: all } = useQuery(unitsQuery);
  const { data: catalog } = useQuery(catalogQuery);
  const units = (all?.items ?? []).filter((unit) => unit.in_scope);
  const held = value.roles.flatMap(({ role, org }) => (role && org ? [{ role, org }] : []));
  const complete = Boolean(
    value.name.trim() && value.org && held.length === value.roles.length && held.length > 0,
  );
  const wrong = error instanceof Refused ? error.problem.fields?.[0]?.field : undefined;
  const send = () => value.org && save({ ...value, org: value.org, roles: held });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="fields">
        <div className="field">
          <label htmlFor={`${id}-name`}>{t("staff.name")}</label>
          <Input
            id={`${id}-name`}
            maxLength={40}
            status={wrong === "name" ? "error" : ""}
            value={value.name}
            onChange={(event) => put({ name: event.target.value })}
          />
        </div>
        {login && (
          <div className="field">
            <label htmlFor={`${id}-login`}>{t("signin.login")}</label>
            <Input
              id={`${id}-login`}
              maxLength={40}
              autoCapitalize="none"
              spellCheck={false}
              placeholder={t("staff.loginHint")}
              status={wrong === "login" ? "error" : ""}
              value={login.value}
              onChange={(event) => login.set(event.target.value)}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-org`}>{t("staff.worksAt")}</label>
          <UnitSelect
            id={`${id}-org`}
            units={units}
            value={value.org}
            invalid={wrong === "org"}
            set={(org) => put({ org })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-away`}>{t("staff.awayUntil")}</label>
          <DateInput
            id={`${id}-away`}
            value={value.away_until}
            set={(away_until) => put({ away_until })}
          />
        </div>
        <div className="field wide">
          <span className="field-label">{t("staff.roles")}</span>
          <RolesEditor
            roles={roles?.items ?? []}
            units={units}
            value={value.roles}
            home={value.org}
            set={(next) => put({ roles: next })}
          />
        </div>
        <div className="field wide">
          <label htmlFor={`${id}-skills`}>{t("staff.skills")}</label>
          <Select
            id={`${id}-skills`}
            mode="multiple"
            className="unit-select"
            optionFilterProp="label"
            placeholder={t("staff.skillsHint")}
            value={value.skills}
            options={(catalog?.components ?? []).map((one) => ({
              value: one.id,
              label: say(one.title),
            }))}
            onChange={(skills: string[]) => put({ skills })}
          />
        </div>
        {!login && (
          <div className="field wide row">
            <Switch
              id={`${id}-active`}
              checked={value.active}
              onChange={(active) => put({ active })}
            />
            <label htmlFor={`${id}-active`}>{t("staff.active")}</label>
          </div>
        )}
      </div>
      {error !== null && error !== undefined && (
        <p className="notice bad" role="alert">
          {sentence(error, t)}
        </p>
      )}
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={!complete || login?.value.trim() === ""}
        >
          {t(login ? "staff.add" : "staff.save")}
        </Button>
        {children}
      </div>
    </form>
  );
}
