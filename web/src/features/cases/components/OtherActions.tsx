import Button from "antd/es/button";
import type { Action } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Refusal } from "@/shared/ui/Refusal";

interface Props {
  actions: Action[];
  chosen: string | null;
  choose: (action: string) => void;
  /** While an act is being sent none other is begun: its answer would take it away again. */
  busy: boolean;
}

/** The other acts in a row; a refused one says why beside itself. */
export function OtherActions({ actions, chosen, choose, busy }: Props) {
  const { t, say } = useSpeech();
  const free = actions.filter((action) => !action.blocked && action.id !== chosen);
  // What I approved already stands above, with whom it waits for.
  const refused = actions.filter(
    (action) => action.blocked && !action.approvals?.mine && action.id !== chosen,
  );
  if (free.length + refused.length === 0) return null;
  return (
    <section className="card others" aria-label={t("cases.others")}>
      <h2>{t("cases.others")}</h2>
      {free.length > 0 && (
        <div className="row">
          {free.map((action) => (
            <Button
              key={action.id}
              danger={action.mark === "danger"}
              disabled={busy}
              onClick={() => choose(action.id)}
            >
              {say(action.title)}
            </Button>
          ))}
        </div>
      )}
      {refused.map(
        (action) =>
          action.blocked && (
            <p key={action.id} className="refused-act">
              <Button disabled>{say(action.title)}</Button>
              <span>
                <Refusal problem={action.blocked} />
              </span>
            </p>
          ),
      )}
    </section>
  );
}
