import { useMutation, useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Password from "antd/es/input/Password";
import { useId } from "react";
import { goSignedIn } from "@/api/queries/provider";
import { meQuery } from "@/api/queries/session";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { useNow } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";

interface Props {
  label: string;
  value: string;
  set: (next: string) => void;
}

/** Until when the identity provider's word stands for my password. */
function until(me: Me | null | undefined): number {
  const at = me?.provider?.confirmed_until;
  return at ? Date.parse(at) : 0;
}

/** Whether I have shown that it is me: by the password typed, or by the provider just now. */
export function useProof(typed: string): boolean {
  const { data: me } = useQuery(meQuery);
  const now = useNow();
  return typed !== "" || until(me) > now;
}

/** Shows that it is me: my password, or where I have none, the provider once more. */
export function OwnProof({ label, value, set }: Props) {
  const { t, say } = useSpeech();
  const id = useId();
  const now = useNow();
  const { data: me } = useQuery(meQuery);
  const confirm = useMutation({ mutationFn: () => goSignedIn({ link: false }) });
  const provider = me?.provider;
  if (!me || me.password || !provider?.identity) {
    return (
      <>
        <label htmlFor={`${id}-password`}>{label}</label>
        <Password
          id={`${id}-password`}
          autoComplete="current-password"
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      </>
    );
  }
  const named = { label: say(provider.label) };
  if (until(me) > now) {
    const at = shortTime(until(me), now);
    return <p className="notice ok">{t("staff.confirmed", { ...named, at })}</p>;
  }
  return (
    <div className="stack">
      <p className="muted small">{t("staff.confirmText", named)}</p>
      {confirm.error && (
        <p className="notice bad" role="alert">
          {sentence(confirm.error, t)}
        </p>
      )}
      <div className="row">
        <Button
          loading={confirm.isPending || confirm.isSuccess}
          onClick={() => confirm.mutate()}
        >
          {t("staff.confirm", named)}
        </Button>
      </div>
    </div>
  );
}
