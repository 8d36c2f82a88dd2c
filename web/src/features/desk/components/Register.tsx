import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { Refused } from "@/api/client";
import { catalogQuery } from "@/api/queries/shared";
import type { NewUnit } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Refusal } from "@/shared/ui/Refusal";
import { sentence } from "@/shared/ui/States";
import { registerUnit } from "../api/queries";
import { useOpenable } from "./useOpenable";

export type Path = "unregistered" | "lost_card" | "other_brand";

const heading = {
  unregistered: ["desk.unregistered", "desk.unregisteredText"],
  lost_card: ["desk.lostCard", "desk.lostCardText"],
  other_brand: ["desk.otherBrand", "desk.otherBrandText"],
} as const;

interface Typed {
  frame: string;
  make: string;
  model: string | null;
  bought: string;
  plate: string;
  name: string;
  phone: string;
}

/** A vehicle the system does not know, registered unverified in half a minute. */
export function Register({ path, typed, back }: { path: Path; typed: string; back: () => void }) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const queries = useQueryClient();
  const id = useId();
  const { data: catalog } = useQuery(catalogQuery);
  const { repair } = useOpenable();
  const phoneTyped = /^1\d{10}$/.test(typed);
  const other = path === "other_brand";
  const [value, setValue] = useState<Typed>({
    frame: !phoneTyped && /\d/.test(typed) ? typed.toUpperCase() : "",
    make: "",
    model: null,
    bought: "",
    plate: "",
    name: /^\p{Script=Han}{2,4}$/u.test(typed) ? typed : "",
    phone: phoneTyped ? typed : "",
  });
  const [tried, setTried] = useState(false);
  const missing = {
    frame: !other && value.frame.trim() === "",
    make: other && value.make.trim() === "",
    name: value.name.trim() === "",
  };
  const register = useMutation({
    mutationFn: () => registerUnit(request(value, other)),
    onSuccess: (unit) => {
      queries.setQueryData(["unit", unit.id], unit);
      void go(repair ? `/open/${repair.id}?unit=${unit.id}&path=${path}` : `/unit/${unit.id}`);
    },
  });
  const text = (
    name: Exclude<keyof Typed, "model">,
    label: string,
    more: { help?: string; wrong?: string | false; mode?: "tel" | "date"; focus?: boolean } = {},
  ) => (
    <div className="field">
      <div className="field-label">
        <label htmlFor={`${id}-${name}`}>{label}</label>
      </div>
      <Input
        id={`${id}-${name}`}
        type={more.mode ?? "text"}
        autoComplete="off"
        autoFocus={more.focus ?? false}
        value={value[name]}
        status={tried && more.wrong ? "error" : ""}
        onChange={(event) => setValue({ ...value, [name]: event.target.value })}
      />
      {tried && more.wrong ? (
        <p className="field-wrong">{more.wrong}</p>
      ) : (
        more.help && <p className="field-help">{more.help}</p>
      )}
    </div>
  );
  return (
    <form
      className="card register"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!Object.values(missing).some(Boolean)) register.mutate();
      }}
    >
      <h1>{t(heading[path][0])}</h1>
      <p className="sub">{t(heading[path][1])}</p>
      <div className="fields">
        {other &&
          text("make", t("desk.make"), {
            wrong: missing.make && t("desk.needMake"),
            focus: true,
          })}
        {text("frame", t("desk.frameNo"), {
          help: t("desk.frameWhere"),
          wrong: missing.frame && t("desk.needFrame"),
          focus: !other && value.frame === "",
        })}
        {!other && (
          <div className="field">
            <div className="field-label">
              <label htmlFor={`${id}-model`}>{t("desk.model")}</label>
            </div>
            <Select
              id={`${id}-model`}
              showSearch={{ optionFilterProp: "label" }}
              allowClear
              style={{ width: "100%" }}
              placeholder={t("form.choose")}
              options={catalog?.models.map((m) => ({ value: m.id, label: say(m.title) })) ?? []}
              value={value.model ?? undefined}
              onChange={(next: string | undefined) => setValue({ ...value, model: next ?? null })}
            />
          </div>
        )}
        {text("bought", t("desk.boughtOn"), { mode: "date", help: t("desk.boughtHelp") })}
        {text("plate", t("desk.plate"))}
        {text("name", t("desk.name"), { wrong: missing.name && t("desk.needName") })}
        {text("phone", t("desk.phone"), { mode: "tel", help: t("desk.noPhone") })}
      </div>
      {register.error && (
        <p role="alert">
          {register.error instanceof Refused && register.error.problem.detail ? (
            <Refusal problem={register.error.problem} />
          ) : (
            <span className="late">{sentence(register.error, t)}</span>
          )}
        </p>
      )}
      <div className="row register-foot">
        <Button type="primary" htmlType="submit" loading={register.isPending}>
          {t("desk.register")}
        </Button>
        <Button onClick={back}>{t("words.back")}</Button>
      </div>
    </form>
  );
}

function request(value: Typed, other: boolean): NewUnit {
  const or = (text: string) => text.trim() || null;
  return {
    frame_no: or(value.frame.toUpperCase()),
    make: other ? or(value.make) : null,
    model: other ? null : value.model,
    sold_on: or(value.bought),
    plate: or(value.plate.toUpperCase()),
    customer: { name: value.name.trim(), phone: or(value.phone) },
    unverified: true,
  };
}
