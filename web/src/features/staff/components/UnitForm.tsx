import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import Switch from "antd/es/switch";
import { useId, useState } from "react";
import { Refused } from "@/api/client";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { addUnit, changeUnit, type Unit, type UnitForm as Form } from "../api/queries";
import { kinds, standings } from "../units";
import { UnitSelect } from "./UnitSelect";

interface Props {
  units: Unit[];
  /** The unit to change; a new one without. */
  unit: Unit | null;
  parent: string | null;
  done: () => void;
}

const stars = [1, 2, 3, 4, 5];

/** A unit: what it is called, what it is, how many stars it has. */
export function UnitForm({ units, unit, parent, done }: Props) {
  const { t } = useSpeech();
  const id = useId();
  const queries = useQueryClient();
  const [code, setCode] = useState(unit?.code ?? "");
  const [above, setAbove] = useState(unit?.parent ?? parent);
  const [value, setValue] = useState<Form>({
    name: unit?.name ?? "",
    kind: unit?.kind ?? "station",
    stars: unit?.stars ?? null,
    registered: unit?.registered ?? true,
    province: unit?.province ?? null,
    ...(unit && {
      city: unit.city ?? "",
      phone: unit.phone ?? "",
      nameplate: unit.nameplate ?? "",
      standing: unit.standing,
      supplied: unit.supplied,
    }),
  });
  const put = (part: Partial<Form>) => setValue((last) => ({ ...last, ...part }));
  const save = useMutation({
    mutationFn: () =>
      unit
        ? changeUnit(unit.id, unit.version, value)
        : addUnit({ ...value, code: code.trim(), parent: above ?? "" }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["orgs"] });
      done();
    },
  });
  const wrong = save.error instanceof Refused ? save.error.problem.fields?.[0]?.field : undefined;
  const bad = (field: string) => (wrong === field ? ("error" as const) : "");
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2>{unit ? unit.name : t("staff.addUnit")}</h2>
      <div className="fields">
        <div className="field">
          <label htmlFor={`${id}-name`}>{t("staff.unitName")}</label>
          <Input
            id={`${id}-name`}
            maxLength={60}
            status={bad("name")}
            value={value.name}
            onChange={(event) => put({ name: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-code`}>{t("staff.code")}</label>
          <Input
            id={`${id}-code`}
            maxLength={60}
            placeholder="S0103"
            disabled={unit !== null}
            status={bad("code")}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-kind`}>{t("staff.kind")}</label>
          <Select
            id={`${id}-kind`}
            className="unit-select"
            value={value.kind}
            options={kinds.map(([kind, word]) => ({ value: kind, label: t(word) }))}
            onChange={(kind: string) => put({ kind })}
          />
        </div>
        {unit === null && (
          <div className="field">
            <label htmlFor={`${id}-above`}>{t("staff.above")}</label>
            <UnitSelect
              id={`${id}-above`}
              units={units}
              value={above}
              invalid={wrong === "parent"}
              set={setAbove}
            />
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-stars`}>{t("staff.stars")}</label>
          <Select
            id={`${id}-stars`}
            className="unit-select"
            allowClear
            placeholder={t("staff.noStars")}
            value={value.stars}
            options={stars.map((n) => ({ value: n, label: "★".repeat(n) }))}
            onChange={(next: number | undefined) => put({ stars: next ?? null })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-province`}>{t("staff.province")}</label>
          <Input
            id={`${id}-province`}
            maxLength={60}
            value={value.province ?? ""}
            onChange={(event) => put({ province: event.target.value || null })}
          />
        </div>
        {unit && <Kept id={id} value={value} put={put} bad={bad} />}
        <div className="field wide row">
          <Switch
            id={`${id}-registered`}
            checked={value.registered}
            onChange={(registered) => put({ registered })}
          />
          <label htmlFor={`${id}-registered`}>{t("staff.registered")}</label>
        </div>
      </div>
      {save.error && (
        <p className="notice bad" role="alert">
          {sentence(save.error, t)}
        </p>
      )}
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={!value.name.trim() || (unit === null && (!code.trim() || !above))}
        >
          {t(unit ? "staff.save" : "staff.addUnit")}
        </Button>
        <Button onClick={done}>{t("words.cancel")}</Button>
      </div>
    </form>
  );
}

const texts = [
  ["city", "staff.city"],
  ["phone", "staff.phone"],
  ["nameplate", "staff.nameplate"],
] as const;

interface KeptProps {
  id: string;
  value: Form;
  put: (part: Partial<Form>) => void;
  bad: (field: string) => "error" | "";
}

/** What the register keeps of a unit that is there; cases say it where processes run. */
function Kept({ id, value, put, bad }: KeptProps) {
  const { t } = useSpeech();
  return (
    <>
      {texts.map(([key, name]) => (
        <div className="field" key={key}>
          <label htmlFor={`${id}-${key}`}>{t(name)}</label>
          <Input
            id={`${id}-${key}`}
            maxLength={60}
            status={bad(key)}
            value={value[key] ?? ""}
            onChange={(event) => put({ [key]: event.target.value })}
          />
        </div>
      ))}
      <div className="field">
        <label htmlFor={`${id}-standing`}>{t("staff.standing")}</label>
        <Select
          id={`${id}-standing`}
          className="unit-select"
          value={value.standing ?? "active"}
          options={standings.map(([word, name]) => ({ value: word, label: t(name) }))}
          onChange={(standing: NonNullable<Form["standing"]>) => put({ standing })}
        />
      </div>
      <div className="field wide row">
        <Switch
          id={`${id}-supplied`}
          checked={value.supplied ?? false}
          onChange={(supplied) => put({ supplied })}
        />
        <label htmlFor={`${id}-supplied`}>{t("staff.supplied")}</label>
      </div>
    </>
  );
}
