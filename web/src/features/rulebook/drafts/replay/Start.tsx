import Button from "antd/es/button";
import { useId } from "react";
import type { Draft } from "@/api/drafts";
import type { DraftReplay } from "@/api/replay";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import type { Order } from "./api";

interface Props {
  draft: Draft;
  replay: DraftReplay;
  order: Order;
  set: (order: Order) => void;
  run: () => void;
  starting: boolean;
}

/** On what terms to go through the past, and the button. */
export function Start({ draft, replay, order, set, run, starting }: Props) {
  const { t } = useSpeech();
  const id = useId();
  if (!replay.may_run) {
    return replay.report ? null : <p className="muted">{t("replay.mayNot")}</p>;
  }
  const again = replay.report !== null;
  return (
    <section className="card stack">
      <div>
        <h2>{t("replay.title")}</h2>
        <p className="muted small">{t("replay.lead")}</p>
      </div>
      <div className="replay-terms">
        <Pick<Order["against"]>
          label={t("replay.against")}
          options={[
            { value: "decided", label: t("replay.against_decided") },
            { value: "base", label: t("replay.against_base") },
          ]}
          value={order.against}
          set={(against) => against && set({ ...order, against })}
        />
        <span className="replay-day">
          <label htmlFor={`${id}-since`}>{t("replay.since")}</label>
          <input
            id={`${id}-since`}
            type="date"
            className="draft-day"
            value={order.since ?? ""}
            onChange={(event) => set({ ...order, since: event.target.value || null })}
          />
        </span>
        <span className="replay-day">
          <label htmlFor={`${id}-until`}>{t("replay.until")}</label>
          <input
            id={`${id}-until`}
            type="date"
            className="draft-day"
            value={order.until ?? ""}
            onChange={(event) => set({ ...order, until: event.target.value || null })}
          />
        </span>
        <Button
          type="primary"
          loading={starting}
          disabled={!draft.clean || (!replay.any && !again)}
          onClick={run}
        >
          {t(again ? "replay.again" : "replay.run")}
        </Button>
      </div>
      {!draft.clean && <p className="notice warn">{t("replay.notClean")}</p>}
      <p className="muted small">{t(`replay.explain_${order.against}`)}</p>
    </section>
  );
}
