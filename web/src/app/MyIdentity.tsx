import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useId, useState } from "react";
import { goSignedIn } from "@/api/queries/provider";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { OwnProof } from "@/shared/proof/OwnProof";
import { dateTime } from "@/shared/time/format";
import { CodeField } from "@/shared/ui/CodeField";
import { sentence } from "@/shared/ui/States";

/** Who I am at the company's identity provider; linked once, with my password. */
export function MyIdentity({ me }: { me: Me }) {
  const { t, say } = useSpeech();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const coded = me.second_factor === "on";
  const link = useMutation({
    mutationFn: () => goSignedIn({ link: true, password, ...(coded && { code }) }),
  });
  const { provider } = me;
  if (!provider) return null;
  const named = { label: say(provider.label) };
  const { identity } = provider;
  return (
    <section className="card stack">
      <h2>{named.label}</h2>
      <p className="muted small">
        {identity
          ? t("staff.identityLinked", { name: identity.name, at: dateTime(identity.linked_at) })
          : t("staff.identityNone", named)}
      </p>
      {link.error && (
        <p className="notice bad" role="alert">
          {sentence(link.error, t)}
        </p>
      )}
      {open ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            link.mutate();
          }}
        >
          <OwnProof label={t("staff.oldPassword")} value={password} set={setPassword} />
          {coded && <CodeField id={`${id}-code`} value={code} change={setCode} />}
          <div className="row">
            <Button
              type="primary"
              htmlType="submit"
              loading={link.isPending || link.isSuccess}
              disabled={!password || (coded && !code)}
            >
              {t("staff.identityLink", named)}
            </Button>
            <Button onClick={() => setOpen(false)}>{t("words.cancel")}</Button>
          </div>
        </form>
      ) : (
        !identity && (
          <div className="row">
            <Button onClick={() => setOpen(true)}>{t("staff.identityLink", named)}</Button>
          </div>
        )
      )}
    </section>
  );
}
