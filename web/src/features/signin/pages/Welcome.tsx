import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Password from "antd/es/input/Password";
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading, sentence } from "@/shared/ui/States";
import { Door } from "../components/Door";
import { ProviderButton } from "../components/ProviderButton";
import { accept, type Invited, lookAt } from "../api/invitations";

/** Where an invitation leads: sets a password; on an empty system it also names the company. */
export default function Welcome() {
  const { t } = useSpeech();
  // The token stands behind `#` and so never reaches a server's log.
  const [token] = useState(() => location.hash.slice(1));
  const found = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => lookAt(token),
    retry: false,
    staleTime: Infinity,
  });
  return (
    <Door title={t("staff.welcome")}>
      {found.isPending && <Loading lines={3} />}
      {found.isError && <Failed error={found.error} />}
      {found.data && <Begin token={token} invited={found.data} />}
    </Door>
  );
}

function Begin({ token, invited }: { token: string; invited: Invited }) {
  const { t } = useSpeech();
  const id = useId();
  const go = useNavigate();
  const queries = useQueryClient();
  const first = invited.login === null;
  const [company, setCompany] = useState("");
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const begin = useMutation({
    mutationFn: () => {
      const about = { login, name, ...(invited.company && { company }) };
      return accept({ token, password, ...(first && { first: about }) });
    },
    onSuccess: async (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      await go("/", { replace: true });
    },
  });
  const differs = again !== "" && again !== password;
  const missing = first && (!name.trim() || !login.trim() || (invited.company && !company.trim()));
  return (
    <form
      className="signin-form"
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <p className="muted">
        {first
          ? t("staff.firstText")
          : t("staff.invitedText", { name: invited.name ?? "", login: invited.login ?? "" })}{" "}
        {t("staff.holdsUntil", { until: dateTime(invited.expires_at) })}
      </p>
      {!first && <ProviderButton invitation={token} or={t("signin.orSetPassword")} />}
      {first && invited.company && (
        <Line id={`${id}-company`} label={t("staff.company")} value={company} set={setCompany} />
      )}
      {first && (
        <>
          <Line id={`${id}-name`} label={t("staff.yourName")} value={name} set={setName} />
          <Line id={`${id}-login`} label={t("signin.login")} value={login} set={setLogin} />
        </>
      )}
      <label htmlFor={`${id}-password`}>{t("staff.password")}</label>
      <Password
        id={`${id}-password`}
        size="large"
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <p className="muted small">{t("staff.passwordHint")}</p>
      <label htmlFor={`${id}-again`}>{t("staff.again")}</label>
      <Password
        id={`${id}-again`}
        size="large"
        autoComplete="new-password"
        status={differs ? "error" : ""}
        value={again}
        onChange={(event) => setAgain(event.target.value)}
      />
      {(differs || begin.error) && (
        <p className="signin-wrong" role="alert">
          {differs ? t("staff.differs") : sentence(begin.error, t)}
        </p>
      )}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={begin.isPending}
        disabled={missing || !password || again !== password}
      >
        {t("staff.begin")}
      </Button>
    </form>
  );
}

function Line(props: { id: string; label: string; value: string; set: (next: string) => void }) {
  return (
    <>
      <label htmlFor={props.id}>{props.label}</label>
      <Input
        id={props.id}
        size="large"
        maxLength={60}
        value={props.value}
        onChange={(event) => props.set(event.target.value)}
      />
    </>
  );
}
