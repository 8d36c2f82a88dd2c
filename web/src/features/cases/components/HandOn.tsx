import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useId, useState } from "react";
import type { Action, Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ColleagueSelect } from "@/shared/people/ColleagueSelect";
import { sentence } from "@/shared/ui/States";
import { caseQuery, handOn, takeBack } from "../api/queries";

/** With whom this to-do lies by name, and handing it on to a colleague (转办). */
export function HandOn({ one, action }: { one: Case; action: Action }) {
  const { t } = useSpeech();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const onSuccess = (next: Case) => {
    queries.setQueryData(caseQuery(one.id).queryKey, next);
    void queries.invalidateQueries({ queryKey: ["offers"] });
    setOpen(false);
  };
  const on = useMutation({
    mutationFn: (body: { to: string; reason: string }) => handOn(one, action.id, body),
    onSuccess,
  });
  const back = useMutation({ mutationFn: () => takeBack(one, action.id), onSuccess });
  const { handed } = action;
  const error = on.error ?? back.error;
  return (
    <div className="hand-on">
      {handed && (
        <p className="notice">
          {t("cases.handedOn", {
            from: handed.from.name,
            to: handed.to.name,
            why: handed.reason,
          })}{" "}
          {handed.mine && (
            <button
              type="button"
              className="link"
              disabled={back.isPending}
              onClick={() => back.mutate()}
            >
              {t("cases.takeBack")}
            </button>
          )}
        </p>
      )}
      {action.may_hand_on && !handed && (
        <button
          type="button"
          className="link small muted"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("cases.handOn")}
        </button>
      )}
      {open && !handed && (
        <div className="fields">
          <div className="field">
            <label htmlFor={`${id}-to`}>{t("cases.handTo")}</label>
            <ColleagueSelect id={`${id}-to`} value={to} set={setTo} />
          </div>
          <div className="field">
            <label htmlFor={`${id}-why`}>{t("form.reason")}</label>
            <Input
              id={`${id}-why`}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
          <div className="field wide row">
            <Button
              disabled={!to || reason.trim() === ""}
              loading={on.isPending}
              onClick={() => to && on.mutate({ to, reason: reason.trim() })}
            >
              {t("cases.handOnNow")}
            </Button>
          </div>
        </div>
      )}
      {error && (
        <p className="notice bad" role="alert">
          {sentence(error, t)}
        </p>
      )}
    </div>
  );
}
