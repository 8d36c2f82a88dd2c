import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import Password from "antd/es/input/Password";
import { useId, useState } from "react";
import { api } from "@/api/client";
import { OwnProof, useProof } from "@/shared/proof/OwnProof";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";

/** Another password; every other device of mine is signed out. */
export function MyPassword() {
  const { t } = useSpeech();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const change = useMutation({
    mutationFn: () => api.put<undefined>("/me/password", { old: old || undefined, password }),
    onSuccess: () => {
      setOld("");
      setPassword("");
      setOpen(false);
    },
  });
  const proven = useProof(old);
  return (
    <section className="card stack">
      <h2>{t("staff.myPassword")}</h2>
      {change.isSuccess && <p className="notice ok">{t("staff.passwordChanged")}</p>}
      {open ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate();
          }}
        >
          <OwnProof label={t("staff.oldPassword")} value={old} set={setOld} />
          <label htmlFor={`${id}-new`}>{t("staff.password")}</label>
          <Password
            id={`${id}-new`}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <p className="muted small">{t("staff.passwordHint")}</p>
          {change.error && (
            <p className="notice bad" role="alert">
              {sentence(change.error, t)}
            </p>
          )}
          <div className="row">
            <Button
              type="primary"
              htmlType="submit"
              loading={change.isPending}
              disabled={!proven || !password}
            >
              {t("staff.changePassword")}
            </Button>
            <Button onClick={() => setOpen(false)}>{t("words.cancel")}</Button>
          </div>
        </form>
      ) : (
        <div className="row">
          <Button onClick={() => setOpen(true)}>{t("staff.changePassword")}</Button>
        </div>
      )}
    </section>
  );
}
