import Button from "antd/es/button";
import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { ClauseRef } from "@/shared/ui/ClauseRef";
import type { Held } from "../api/queries";

const page = (held: Held) => {
  if (held.kind === "case") return `/case/${held.subject}`;
  return held.kind === "warranty" ? `/unit/${held.subject}` : null;
};

/** What holds an erasure up, each with its end. */
export function HeldRows(props: { held: Held[]; lift?: (hold: string) => void; busy?: boolean }) {
  const { t, say } = useSpeech();
  return (
    <div>
      {props.held.map((held, place) => {
        const to = page(held);
        const { lift } = props;
        const hold = held.kind === "hold" ? held.subject : null;
        return (
          <div key={place} className="held-row">
            <span className="held-text">
              {to ? <Link to={to}>{say(held.text)}</Link> : say(held.text)}{" "}
              {held.clause && <ClauseRef clause={held.clause} />}
            </span>
            <span className="muted nowrap">
              {held.through
                ? t("customers.through", { day: held.through })
                : t(held.kind === "case" ? "customers.untilClosed" : "customers.untilLifted")}
            </span>
            {hold && lift && (
              <Button size="small" disabled={props.busy ?? false} onClick={() => lift(hold)}>
                {t("customers.lift")}
              </Button>
            )}
          </div>
        );
      })}
    </div>
  );
}
