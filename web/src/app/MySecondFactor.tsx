import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useId, useState } from "react";
import { api } from "@/api/client";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { OwnProof, useProof } from "@/shared/proof/OwnProof";
import { CodeField } from "@/shared/ui/CodeField";
import { sentence } from "@/shared/ui/States";

interface Offered {
  secret: string;
  qr: string;
}

/** An authenticator on the phone, whose code is asked for beside the password. */
export function MySecondFactor({ state }: { state: Me["second_factor"] }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const id = useId();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [ending, setEnding] = useState(false);
  const offer = useMutation({ mutationFn: () => api.post<Offered>("/me/second-factor", {}) });
  const secret = offer.data?.secret;
  const save = useMutation({
    mutationFn: () =>
      secret
        ? api.put<undefined>("/me/second-factor", { password, secret, code })
        : api.post<undefined>("/me/second-factor/end", { password, code }),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries();
    },
  });
  const close = () => {
    offer.reset();
    save.reset();
    setEnding(false);
    setPassword("");
    setCode("");
  };
  const proven = useProof(password);
  const failed = offer.error ?? save.error;
  return (
    <section className="card stack">
      <h2>{t("staff.secondFactor")}</h2>
      <p className={state === "needed" ? "notice warn" : "muted small"}>
        {t(`staff.secondFactor_${state}`)}
      </p>
      {failed && (
        <p className="notice bad" role="alert">
          {sentence(failed, t)}
        </p>
      )}
      {offer.data || ending ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          {offer.data && (
            <>
              <p>{t("staff.secondScan")}</p>
              <img
                className="account-qr"
                alt={t("staff.secondQr")}
                src={`data:image/svg+xml;utf8,${encodeURIComponent(offer.data.qr)}`}
              />
              <details>
                <summary>{t("staff.secondByHand")}</summary>
                <code className="account-secret">{offer.data.secret}</code>
              </details>
            </>
          )}
          <CodeField id={`${id}-code`} value={code} change={setCode} />
          <OwnProof label={t("staff.oldPassword")} value={password} set={setPassword} />
          <div className="row">
            <Button
              type="primary"
              htmlType="submit"
              danger={ending}
              loading={save.isPending}
              disabled={!code || !proven}
            >
              {t(ending ? "staff.secondOff" : "staff.secondOn")}
            </Button>
            <Button onClick={close}>{t("words.cancel")}</Button>
          </div>
        </form>
      ) : (
        <div className="row">
          {state === "on" ? (
            <Button onClick={() => setEnding(true)}>{t("staff.secondOff")}</Button>
          ) : (
            <Button
              type={state === "needed" ? "primary" : "default"}
              loading={offer.isPending}
              onClick={() => offer.mutate()}
            >
              {t("staff.secondOn")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
