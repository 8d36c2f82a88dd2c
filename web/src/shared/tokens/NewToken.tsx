import { useMutation, useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Checkbox from "antd/es/checkbox";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useId, useState } from "react";
import { meQuery } from "@/api/queries/session";
import type { MadeToken, TokenPage } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { OwnProof, useProof } from "@/shared/proof/OwnProof";
import { CodeField } from "@/shared/ui/CodeField";
import { sentence } from "@/shared/ui/States";
import { makeToken, type Whose } from "./queries";

interface Props {
  whose: Whose;
  page: TokenPage;
  coded: boolean;
  made: (next: MadeToken) => void;
  close: () => void;
}

/** A token to make: for which program, what it may, where, until when, and who says so. */
export function NewToken({ whose, page, coded, made, close }: Props) {
  const { t, say } = useSpeech();
  const id = useId();
  const [name, setName] = useState("");
  const [permissions, setPermissions] = useState<string[]>([]);
  const [org, setOrg] = useState(page.orgs[0]?.id ?? "");
  const [endsOn, setEndsOn] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const { data: me } = useQuery(meQuery);
  const proven = useProof(password);
  const make = useMutation({
    mutationFn: () =>
      makeToken(whose, {
        name,
        permissions,
        org,
        ends_on: endsOn,
        password,
        ...(coded && { code }),
      }),
    onSuccess: made,
  });
  const missing = !name.trim() || permissions.length === 0 || !org || !endsOn || !proven;
  return (
    <form
      className="stack tokens-new"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      {!me?.password && (
        <OwnProof label={t("tokens.password")} value={password} set={setPassword} />
      )}
      <label htmlFor={`${id}-name`}>{t("tokens.name")}</label>
      <Input
        id={`${id}-name`}
        maxLength={60}
        placeholder={t("tokens.nameHint")}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <span className="field-label" id={`${id}-rights`}>
        {t("tokens.rights")}
      </span>
      <Checkbox.Group
        className="tokens-rights"
        aria-labelledby={`${id}-rights`}
        options={page.permissions.map((one) => ({ value: one.right, label: say(one.title) }))}
        value={permissions}
        onChange={(next) => setPermissions(next)}
      />
      <label htmlFor={`${id}-org`}>{t("tokens.org")}</label>
      <Select
        id={`${id}-org`}
        showSearch
        optionFilterProp="label"
        value={org}
        options={page.orgs.map((one) => ({ value: one.id, label: one.name }))}
        onChange={setOrg}
      />
      <label htmlFor={`${id}-ends`}>{t("tokens.endsOn")}</label>
      <input
        id={`${id}-ends`}
        type="date"
        className="tokens-day"
        max={page.latest}
        value={endsOn}
        onChange={(event) => setEndsOn(event.target.value)}
      />
      {me?.password && (
        <OwnProof label={t("tokens.password")} value={password} set={setPassword} />
      )}
      {coded && <CodeField id={`${id}-code`} value={code} change={setCode} />}
      {make.error && (
        <p className="notice bad" role="alert">
          {sentence(make.error, t)}
        </p>
      )}
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          loading={make.isPending}
          disabled={missing || (coded && !code)}
        >
          {t("tokens.make")}
        </Button>
        <Button onClick={close}>{t("words.cancel")}</Button>
      </div>
    </form>
  );
}
