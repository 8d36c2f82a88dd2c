import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useId, useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { sentence } from "@/shared/ui/States";
import { openCounter } from "../api/queries";

const MINUTES = [1, 2, 5, 10] as const;

/** Makes this machine a counter of the acting station. */
export function OpenCounter() {
  const { t } = useSpeech();
  const id = useId();
  const [name, setName] = useState("");
  const [minutes, setMinutes] = useState("2");
  const [perAct, setPerAct] = useState("yes");
  const open = useMutation({
    mutationFn: () =>
      openCounter({
        name: name.trim(),
        idle_seconds: Number(minutes) * 60,
        per_act: perAct === "yes",
      }),
    // Nothing of who was here stays in the page's memory.
    onSuccess: () => location.assign("/"),
  });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        open.mutate();
      }}
    >
      <h2>{t("lock.open")}</h2>
      <p className="muted small">{t("lock.openText")}</p>
      <label htmlFor={`${id}-name`}>{t("lock.name")}</label>
      <Input
        id={`${id}-name`}
        maxLength={40}
        placeholder={t("lock.nameHint")}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <span className="counters-label">{t("lock.locks")}</span>
      <Pick
        label={t("lock.locks")}
        options={[
          { value: "yes", label: t("lock.perAct") },
          { value: "no", label: t("lock.perActOff") },
        ]}
        value={perAct}
        set={(next) => next && setPerAct(next)}
      />
      <span className="counters-label">{t("lock.idle")}</span>
      <Pick
        label={t("lock.idle")}
        options={MINUTES.map((n) => ({ value: String(n), label: t("lock.idleMinutes", { n }) }))}
        value={minutes}
        set={(next) => next && setMinutes(next)}
      />
      {open.error && (
        <p className="notice bad" role="alert">
          {sentence(open.error, t)}
        </p>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={open.isPending} disabled={!name.trim()}>
          {t("lock.open")}
        </Button>
      </div>
    </form>
  );
}
