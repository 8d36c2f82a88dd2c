import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import TextArea from "antd/es/input/TextArea";
import { useId, useState } from "react";
import type { Draft, DraftAct } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { dayOf } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { StateTag } from "../StateTag";
import { draftQuery, step, stepped } from "../api";

/** Acts of the review, the way forward first. */
const acts = ["submit", "approve", "publish", "return", "take_back", "withdraw"] as const;
type Act = (typeof acts)[number];

const needsReason: readonly Act[] = ["return", "take_back", "withdraw"];
const path: Record<Act, string> = {
  submit: "submit",
  approve: "approve",
  publish: "publish",
  return: "return",
  take_back: "take-back",
  withdraw: "withdraw",
};

/** What I may do with a draft now, with my reason and the day it shall hold from. */
export function Steps({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const id = useId();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [day, setDay] = useState(draft.effective_default);
  const [asking, setAsking] = useState<Act | null>(null);
  const [withoutLaw, setWithoutLaw] = useState(false);
  const take = useMutation({
    mutationFn: (act: Act) =>
      step(
        draft,
        path[act],
        act === "publish" ? { effective_on: day, without_law: withoutLaw, reason } : { reason },
      ),
    onSuccess: (next) => {
      setReason("");
      setAsking(null);
      stepped(client, next);
    },
    // Somebody else was quicker: what holds now is shown beside the sentence.
    onError: () => void client.invalidateQueries({ queryKey: draftQuery(draft.id).queryKey }),
  });
  const can = acts.filter((act) => draft.can.includes(act as DraftAct));
  const today = dayOf(now());
  const press = (act: Act) => {
    if (needsReason.includes(act) && (asking !== act || !reason.trim())) return setAsking(act);
    take.mutate(act);
  };
  return (
    <section className="card stack">
      <div className="card-head">
        <h2>{t("drafts.review")}</h2>
        <StateTag draft={draft} />
      </div>
      {can.length === 0 && <p className="muted">{t("drafts.nothingToDo")}</p>}
      {can.includes("withdraw") && draft.state === "open" && !can.includes("submit") && (
        <p className="muted small">{t("drafts.submitAfterChange")}</p>
      )}
      {draft.state === "in_review" && !draft.can.includes("approve") && (
        <p className="muted small">{t("drafts.otherReviews")}</p>
      )}
      {can.includes("publish") && (
        <>
          <label htmlFor={`${id}-day`}>{t("drafts.effectiveOn")}</label>
          <div className="row">
            <input
              id={`${id}-day`}
              type="date"
              className="draft-day"
              min={today}
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
            <Button size="small" onClick={() => setDay(today)}>
              {t("drafts.today")}
            </Button>
          </div>
          <p className="muted small">{t("drafts.inForceFrom", { day })}</p>
          {draft.drops_law && (
            <label className="notice warn">
              <input
                type="checkbox"
                checked={withoutLaw}
                onChange={(event) => setWithoutLaw(event.target.checked)}
              />{" "}
              {t("drafts.withoutLaw")}
            </label>
          )}
        </>
      )}
      {can.length > 0 && (
        <>
          <label htmlFor={`${id}-reason`}>{t("drafts.remark")}</label>
          <TextArea
            id={`${id}-reason`}
            autoSize={{ minRows: 2 }}
            maxLength={500}
            value={reason}
            status={asking && !reason.trim() ? "error" : ""}
            onChange={(event) => setReason(event.target.value)}
          />
          {asking && !reason.trim() && (
            <p className="late" role="alert">
              {t("drafts.reasonNeeded")}
            </p>
          )}
        </>
      )}
      {take.error && (
        <p className="notice bad" role="alert">
          {sentence(take.error, t)}
        </p>
      )}
      <div className="row">
        {can.map((act, i) => (
          <Button
            key={act}
            type={i === 0 && !needsReason.includes(act) ? "primary" : "default"}
            danger={act === "withdraw"}
            loading={take.isPending && take.variables === act}
            disabled={(act === "approve" || act === "publish") && !draft.clean}
            onClick={() => press(act)}
          >
            {t(`drafts.act_${act}`)}
          </Button>
        ))}
      </div>
      {can.includes("approve") && !draft.clean && (
        <p className="muted small">{t("drafts.cleanFirst")}</p>
      )}
    </section>
  );
}
