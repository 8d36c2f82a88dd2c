import { useMutation, useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { goSignIn } from "@/api/queries/provider";
import { doorQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";

interface Props {
  /** The token of a link, whose account is taken over without a password. */
  invitation?: string;
  /** What stands between it and the form below. */
  or: string;
}

/** Sign in through the company's identity provider; nothing where there is none. */
export function ProviderButton({ invitation, or }: Props) {
  const { t, say } = useSpeech();
  const { data: door } = useQuery(doorQuery);
  const go = useMutation({ mutationFn: () => goSignIn(invitation) });
  if (!door?.provider) return null;
  return (
    <div className="signin-provider">
      <Button
        size="large"
        block
        loading={go.isPending || go.isSuccess}
        onClick={() => go.mutate()}
      >
        {t("signin.provider", { label: say(door.provider) })}
      </Button>
      {go.error && (
        <p className="signin-wrong" role="alert">
          {sentence(go.error, t)}
        </p>
      )}
      <p className="signin-or">
        <span>{or}</span>
      </p>
    </div>
  );
}
