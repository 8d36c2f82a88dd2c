import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useEffect, useId, useState } from "react";
import { useNavigate } from "react-router";
import { Refused } from "@/api/client";
import { arrive, type Brought, cameFrom } from "@/api/queries/provider";
import { meQuery } from "@/api/queries/session";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { CodeField } from "@/shared/ui/CodeField";
import { Loading, sentence } from "@/shared/ui/States";
import { Door } from "../components/Door";

function brought(): Brought {
  const said = new URLSearchParams(location.search);
  const of = (name: string) => said.get(name) ?? undefined;
  return { state: of("state") ?? "", code: of("code"), error: of("error"), iss: of("iss") };
}

const asks = (error: unknown, code: string) =>
  error instanceof Refused && error.problem.code === code;

/** Back from the identity provider: in, asked for the code of the phone, or told why not. */
export default function Arrived() {
  const { t } = useSpeech();
  const go = useNavigate();
  const queries = useQueryClient();
  const [said] = useState(brought);
  const came = useQuery({
    queryKey: ["arrived", said.state],
    queryFn: () => arrive(said),
    retry: false,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const me = came.data;
  useEffect(() => {
    if (!me) return;
    queries.setQueryData(meQuery.queryKey, me);
    void go(cameFrom(), { replace: true });
  }, [me, queries, go]);
  const inside = (next: Me) => {
    queries.setQueryData(meQuery.queryKey, next);
    void go(cameFrom(), { replace: true });
  };
  const coded = asks(came.error, "code-needed");
  return (
    <Door title={t("signin.arrived")}>
      {came.isPending && <Loading lines={2} />}
      {coded && <Code state={said.state} done={inside} />}
      {came.error && !coded && <NotIn why={sentence(came.error, t)} />}
    </Door>
  );
}

/** Why nobody was signed in, and the way back. */
function NotIn({ why }: { why: string }) {
  const { t } = useSpeech();
  return (
    <div className="stack">
      <p className="notice bad" role="alert">
        {why}
      </p>
      <div className="row">
        <Button type="primary" onClick={() => location.assign(cameFrom())}>
          {t("signin.backToDoor")}
        </Button>
      </div>
    </div>
  );
}

function Code({ state, done }: { state: string; done: (me: Me) => void }) {
  const { t } = useSpeech();
  const id = useId();
  const [code, setCode] = useState("");
  const enter = useMutation({
    mutationFn: () => arrive({ state, second: code }),
    onSuccess: done,
  });
  if (enter.error && !asks(enter.error, "wrong-code")) {
    return <NotIn why={sentence(enter.error, t)} />;
  }
  return (
    <form
      className="signin-form"
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      <p className="notice">{t("signin.codeNeeded")}</p>
      <CodeField id={`${id}-code`} value={code} change={setCode} door />
      {enter.error && (
        <p className="signin-wrong" role="alert">
          {sentence(enter.error, t)}
        </p>
      )}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={enter.isPending}
        disabled={!code}
      >
        {t("signin.submit")}
      </Button>
    </form>
  );
}
