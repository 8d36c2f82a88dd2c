import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { Choice, WebhookTry } from "@/api/webhooks";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading, sentence } from "@/shared/ui/States";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { tellAgain, triesQuery } from "../api/queries";

const tones: Record<WebhookTry["state"], Tone> = {
  asking: "na",
  taken: "ok",
  failed: "bad",
  unknown: "warn",
  skipped: "na",
};

const reasons = [
  "refused",
  "too_often",
  "signature",
  "keyword",
  "own_address",
  "gone",
  "redirect",
  "not_allowed",
  "unreached",
  "no_answer",
] as const;

/** What a subscription was last told, and what it answered. */
export function Tries({ id, events }: { id: string; events: Choice[] }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const list = useQuery(triesQuery(id));
  const again = useMutation({
    mutationFn: (tried: string) => tellAgain(id, tried),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  if (list.isPending) return <Loading lines={2} />;
  if (list.isError) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return <p className="muted">{t("webhooks.noTries")}</p>;
  return (
    <>
      {again.error && (
        <p className="notice bad" role="alert">
          {sentence(again.error, t)}
        </p>
      )}
      <ul className="webhooks-tries">
        {list.data.items.map((one) => (
          <Row
            key={one.id}
            one={one}
            events={events}
            busy={again.isPending}
            again={() => again.mutate(one.id)}
          />
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  one: WebhookTry;
  events: Choice[];
  busy: boolean;
  again: () => void;
}

function Row({ one, events, busy, again }: RowProps) {
  const { t, say } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const title = events.find((event) => event.id === one.event)?.title;
  const [word, ...said] = (one.why ?? "").split(":");
  const reason = reasons.find((known) => known === word) ?? "other";
  const status = one.status === 200 ? null : one.status;
  const detail = [status, said.join(":").trim()].filter(Boolean).join(" · ");
  return (
    <li>
      <div className="webhooks-try">
        <div className="row">
          <Tag tone={tones[one.state]}>{t(`webhooks.try_${one.state}`)}</Tag>
          <span>{title ? say(title) : t("webhooks.test")}</span>
          {one.case &&
            (me?.permissions.includes("case_read") ? (
              <Link to={`/case/${one.case.id}`}>{one.case.number}</Link>
            ) : (
              <span>{one.case.number}</span>
            ))}
          <span className="muted small">{dateTime(one.at)}</span>
        </div>
        {one.state === "skipped" && (
          <p className="small">
            {t("webhooks.skippedBy", { name: one.person?.name ?? "–", reason: one.why ?? "" })}
          </p>
        )}
        {one.state !== "taken" && one.state !== "skipped" && one.why && (
          <p className="small">
            {t(`webhooks.because_${reason}`)}
            {detail && <span className="muted mono"> {detail}</span>}
          </p>
        )}
      </div>
      {one.message && (
        <Button loading={busy} onClick={again}>
          {t("webhooks.again")}
        </Button>
      )}
    </li>
  );
}
