import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Password from "antd/es/input/Password";
import { useId, useState } from "react";
import { Refused } from "@/api/client";
import { meQuery, signIn } from "@/api/queries/session";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { CodeField } from "@/shared/ui/CodeField";
import { sentence } from "@/shared/ui/States";

export interface Credentials {
  login: string;
  password: string;
}

interface Props {
  value: Credentials;
  change: (next: Credentials) => void;
  /** The account that must sign in again; nobody else may take over the open page. */
  fixed?: boolean;
  done?: (me: Me) => void;
}

/** Account and password, with the refusal beside them. */
export function SignInForm({ value, change, fixed = false, done }: Props) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const id = useId();
  const [code, setCode] = useState("");
  const enter = useMutation({
    mutationFn: () => signIn(value.login.trim(), value.password, code || undefined),
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      void queries.invalidateQueries();
      done?.(me);
    },
  });
  const refused = enter.error instanceof Refused ? enter.error.problem.code : undefined;
  // Once asked for, the field stays until somebody else signs in.
  const coded = refused === "code-needed" || refused === "wrong-code" || code !== "";
  return (
    <form
      className="signin-form"
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      <label htmlFor={`${id}-login`}>{t("signin.login")}</label>
      <Input
        id={`${id}-login`}
        size="large"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        readOnly={fixed}
        autoFocus={!fixed}
        value={value.login}
        onChange={(event) => change({ ...value, login: event.target.value })}
      />
      <label htmlFor={`${id}-password`}>{t("signin.password")}</label>
      <Password
        id={`${id}-password`}
        size="large"
        autoComplete="current-password"
        autoFocus={fixed}
        value={value.password}
        onChange={(event) => change({ ...value, password: event.target.value })}
      />
      {coded && <CodeField id={`${id}-code`} value={code} change={setCode} door />}
      {enter.error && (
        <p className={refused === "code-needed" ? "notice" : "signin-wrong"} role="alert">
          {refused === "wrong-login"
            ? t("signin.wrong")
            : refused === "code-needed"
              ? t("signin.codeNeeded")
              : sentence(enter.error, t)}
        </p>
      )}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        block
        loading={enter.isPending}
        disabled={!value.login.trim() || !value.password}
      >
        {t("signin.submit")}
      </Button>
    </form>
  );
}
