import Button from "antd/es/button";
import { Link, useNavigate } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Refusal } from "@/shared/ui/Refusal";
import { Tag } from "@/shared/ui/Tag";
import { TimeLeft } from "@/shared/ui/TimeLeft";
import type { Todo } from "./group";

interface Props {
  todo: Todo;
  first: boolean;
  /** Somebody else has the next move: the row only opens the case. */
  watch: boolean;
}

/** One to-do: who and what, time left, and the next act as a button, red for the first alone. */
export function TodoRow({ todo, first, watch }: Props) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const { offer, others } = todo;
  const { unit } = offer.case;
  const to = `/case/${offer.case.id}${watch ? "" : `?act=${offer.action}`}`;
  return (
    <div className="todo">
      <div className="todo-what">
        <Link to={to}>{offer.case.number}</Link>
        <span className="muted small">{say(offer.case.process_title)}</span>
      </div>
      <div className="todo-whom">
        <span>
          {[say(unit?.model_title), unit?.frame_no && `…${unit.frame_no.slice(-4)}`]
            .filter(Boolean)
            .join(" ")}
        </span>
        <span className="sub small">{offer.case.customer_masked}</span>
      </div>
      <div className="todo-state">
        <Tag>{say(offer.case.state.title)}</Tag>
        {offer.deputy_for && (
          <Tag tone="warn">{t("workbench.deputyFor", { name: offer.deputy_for.name })}</Tag>
        )}
        {offer.handed_by && (
          <Tag tone="warn">{t("workbench.handedBy", { name: offer.handed_by.name })}</Tag>
        )}
        {others.length > 0 && (
          <span className="muted small todo-others">
            {t("workbench.others", {
              acts: others
                .slice(0, 3)
                .map((other) => say(other.action_title))
                .join(" · "),
            })}
          </span>
        )}
      </div>
      <div className="todo-due">
        {offer.due_at && <TimeLeft due={offer.due_at} />}
        {offer.deadline_title && (
          <span className="muted small">{say(offer.deadline_title)}</span>
        )}
      </div>
      <div className="todo-act">
        {watch ? (
          <Button type="text" onClick={() => void go(`/case/${offer.case.id}`)}>
            {t("words.open")}
          </Button>
        ) : offer.blocked ? (
          <Refusal problem={offer.blocked} />
        ) : (
          <Button
            type={first ? "primary" : "default"}
            onClick={() => void go(to)}
          >
            {say(offer.action_title)}
          </Button>
        )}
      </div>
    </div>
  );
}
