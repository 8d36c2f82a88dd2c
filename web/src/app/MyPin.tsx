import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useId, useState } from "react";
import { api } from "@/api/client";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { OwnProof, useProof } from "@/shared/proof/OwnProof";
import { CodeField } from "@/shared/ui/CodeField";
import { sentence } from "@/shared/ui/States";

/** A PIN for the shared counters of my stations, set with the password. */
export function MyPin({ state, coded }: { state: Me["pin"]; coded: boolean }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const id = useId();
  const [doing, setDoing] = useState<"set" | "end" | null>(null);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [pin, setPin] = useState("");
  const close = () => {
    setDoing(null);
    setPassword("");
    setCode("");
    setPin("");
    save.reset();
  };
  const save = useMutation({
    mutationFn: () =>
      doing === "end"
        ? api.post<undefined>("/me/pin/end", { password })
        : api.put<undefined>("/me/pin", { password, pin, code: code || undefined }),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const setting = doing === "set";
  const proven = useProof(password);
  const ready = proven && (!setting || (pin.length >= 4 && (!coded || code)));
  return (
    <section className="card stack">
      <h2>{t("lock.myPin")}</h2>
      <p className={state === "blocked" ? "notice warn" : "muted small"}>
        {t(`lock.pin_${state}`)}
      </p>
      {save.error && (
        <p className="notice bad" role="alert">
          {sentence(save.error, t)}
        </p>
      )}
      {doing ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          {setting && (
            <>
              <label htmlFor={`${id}-pin`}>{t("lock.newPin")}</label>
              <Input
                id={`${id}-pin`}
                type="password"
                inputMode="numeric"
                autoComplete="off"
                maxLength={6}
                value={pin}
                onChange={(event) => setPin(event.target.value.replace(/\D/g, ""))}
              />
              <p className="muted small">{t("lock.pinHint")}</p>
            </>
          )}
          <OwnProof label={t("staff.oldPassword")} value={password} set={setPassword} />
          {setting && coded && <CodeField id={`${id}-code`} value={code} change={setCode} />}
          <div className="row">
            <Button
              type="primary"
              htmlType="submit"
              danger={!setting}
              loading={save.isPending}
              disabled={!ready}
            >
              {t(setting ? "lock.setPin" : "lock.endPin")}
            </Button>
            <Button onClick={close}>{t("words.cancel")}</Button>
          </div>
        </form>
      ) : (
        state !== "barred" && (
          <div className="row">
            <Button onClick={() => setDoing("set")}>
              {t(state === "off" ? "lock.setPin" : "lock.changePin")}
            </Button>
            {state !== "off" && <Button onClick={() => setDoing("end")}>{t("lock.endPin")}</Button>}
          </div>
        )
      )}
    </section>
  );
}
