import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useId, useState } from "react";
import {
  type RobotForm,
  type RobotKind,
  type WebhookPage,
  type WebhookRow,
  robotKinds,
} from "@/api/webhooks";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { sentence } from "@/shared/ui/States";
import { changeRobot, makeRobot } from "../api/queries";
import { What, Whose } from "./What";

interface Props {
  page: WebhookPage;
  /** The one to change; without one, another is made. */
  row?: WebhookRow;
  done: (made: null) => void;
  close: () => void;
}

const starts: Record<RobotKind, string> = {
  wecom: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…",
  dingtalk: "https://oapi.dingtalk.com/robot/send?access_token=…",
  feishu: "https://open.feishu.cn/open-apis/bot/v2/hook/…",
};

/** Whose address it is, so that nobody has to say it twice. */
function kindOf(address: string): RobotKind | null {
  if (address.includes("qyapi.weixin.qq.com")) return "wecom";
  if (address.includes("dingtalk.com")) return "dingtalk";
  if (/feishu\.cn|larksuite\.com/.test(address)) return "feishu";
  return null;
}

/** Which group is told by its robot, and of what. */
export function EditRobot({ page, row, done, close }: Props) {
  const { t, say } = useSpeech();
  const id = useId();
  const own = robotKinds.find((one) => one === row?.kind);
  const [kind, setKind] = useState<RobotKind>(own ?? "wecom");
  const [org, setOrg] = useState(page.orgs[0]?.id ?? "");
  const [secret, setSecret] = useState("");
  const [form, setForm] = useState<RobotForm>({
    name: row?.name ?? "",
    address: "",
    events: row?.events ?? ["deadline.breached", "deadline.escalated"],
    processes: row?.processes ?? [],
    rules: row?.rules ?? [],
    lang: row?.lang ?? "zh",
  });
  const put = (next: Partial<RobotForm>) => setForm((before) => ({ ...before, ...next }));
  const save = useMutation({
    mutationFn: () => {
      // What is left empty stays as it was.
      const { address, ...rest } = form;
      const said = {
        ...rest,
        ...(address && { address: address.trim() }),
        ...(secret && kind !== "wecom" && { secret: secret.trim() }),
      };
      return row ? changeRobot(row, said) : makeRobot(org, kind, said);
    },
    onSuccess: () => done(null),
  });
  const missing = !form.name.trim() || !(row ?? form.address) || form.events.length === 0 || !org;
  const clocks = form.events.some((event) => event.startsWith("deadline."));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {!row && (
        <Pick
          label={t("robots.kind")}
          options={robotKinds.map((one) => ({ value: one, label: t(`robots.kind_${one}`) }))}
          value={kind}
          set={(next) => next && setKind(next)}
        />
      )}
      <label htmlFor={`${id}-address`}>{t("robots.address")}</label>
      <Input
        id={`${id}-address`}
        className="mono"
        inputMode="url"
        autoComplete="off"
        maxLength={500}
        placeholder={row ? t("robots.keep") : starts[kind]}
        value={form.address ?? ""}
        onChange={(event) => {
          const address = event.target.value;
          put({ address });
          const known = kindOf(address);
          if (!row && known) setKind(known);
        }}
      />
      <p className="muted small">{t(`robots.where_${kind}`)}</p>
      {kind !== "wecom" && (
        <>
          <label htmlFor={`${id}-secret`}>{t("robots.secret")}</label>
          <Input
            id={`${id}-secret`}
            className="mono"
            autoComplete="off"
            maxLength={200}
            placeholder={t(row ? "robots.keep" : "robots.secretHint")}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </>
      )}
      <label htmlFor={`${id}-name`}>{t("robots.name")}</label>
      <Input
        id={`${id}-name`}
        maxLength={60}
        placeholder={t("robots.nameHint")}
        value={form.name}
        onChange={(event) => put({ name: event.target.value })}
      />
      {!row && <Whose page={page} org={org} set={setOrg} />}
      <What
        page={page}
        events={form.events}
        setEvents={(events) => put({ events })}
        processes={form.processes}
        setProcesses={(processes) => put({ processes })}
      />
      {clocks && (
        <>
          <label htmlFor={`${id}-rules`}>{t("robots.rules")}</label>
          <Select
            id={`${id}-rules`}
            mode="multiple"
            allowClear
            optionFilterProp="label"
            placeholder={t("robots.allRules")}
            value={form.rules}
            options={page.deadlines.map((one) => ({ value: one.id, label: say(one.title) }))}
            onChange={(rules) => put({ rules })}
          />
        </>
      )}
      <span className="field-label">{t("robots.lang")}</span>
      <Pick
        small
        label={t("robots.lang")}
        options={[
          { value: "zh", label: t("robots.lang_zh") },
          { value: "en", label: t("robots.lang_en") },
        ]}
        value={form.lang}
        set={(next) => next && put({ lang: next })}
      />
      {save.error && (
        <p className="notice bad" role="alert">
          {sentence(save.error, t)}
        </p>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={missing}>
          {t(row ? "webhooks.save" : "robots.make")}
        </Button>
        <Button onClick={close}>{t("words.cancel")}</Button>
      </div>
    </form>
  );
}
