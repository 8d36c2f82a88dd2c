import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Popconfirm from "antd/es/popconfirm";
import { useState } from "react";
import type { SecretWebhook, WebhookPage, WebhookRow } from "@/api/webhooks";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { type Act, act, rotateSecret } from "../api/queries";
import { EditRobot } from "./EditRobot";
import { EditWebhook } from "./EditWebhook";
import { Held } from "./Held";
import { Tries } from "./Tries";

interface Props {
  row: WebhookRow;
  page: WebhookPage;
  made: (made: SecretWebhook) => void;
}

/** One subscription: how it stands, what may be done with it, what it was told. */
export function WebhookCard({ row, page, made }: Props) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const [open, setOpen] = useState<"tries" | "edit" | null>(null);
  const learn = () => queries.invalidateQueries({ queryKey: ["webhooks"] });
  const doing = useMutation({
    mutationFn: (what: Act) => act(row.id, what),
    onSuccess: (_, what) => what === "test" && setOpen("tries"),
    onSettled: learn,
  });
  const rotate = useMutation({
    mutationFn: () => rotateSecret(row.id),
    onSuccess: (next) => {
      made(next);
      return learn();
    },
  });
  const error = doing.error ?? rotate.error;
  const named = (ids: string[], all: WebhookPage["events"]) =>
    ids
      .map((one) => all.find((known) => known.id === one))
      .map((known) => (known ? say(known.title) : "–"))
      .join(t("staff.and"));
  const Edit = row.kind === "program" ? EditWebhook : EditRobot;
  return (
    <section className="card stack">
      <div className="row">
        <h2>{row.name}</h2>
        {row.kind !== "program" && <Tag tone="na">{t(`robots.kind_${row.kind}`)}</Tag>}
        <State row={row} />
      </div>
      <p className="mono small webhooks-address">{row.address}</p>
      <p className="small">
        {row.org?.name ?? "–"} · {named(row.events, page.events)}
        {row.processes.length > 0 && ` · ${named(row.processes, page.processes)}`}
        {row.rules.length > 0 && ` · ${named(row.rules, page.deadlines)}`}
      </p>
      <p className="muted small">{facts(row, t).join(" · ")}</p>
      {row.held && <Held key={row.held.message} row={row} held={row.held} events={page.events} />}
      {error && (
        <p className="notice bad" role="alert">
          {sentence(error, t)}
        </p>
      )}
      {open === "edit" ? (
        <Edit
          page={page}
          row={row}
          close={() => setOpen(null)}
          done={() => {
            setOpen(null);
            void learn();
          }}
        />
      ) : (
        <div className="row webhooks-acts">
          <Button onClick={() => setOpen(open === "tries" ? null : "tries")}>
            {t(open === "tries" ? "webhooks.triesHide" : "webhooks.tries")}
          </Button>
          <Button loading={doing.isPending} onClick={() => doing.mutate("test")}>
            {t("webhooks.test")}
          </Button>
          <Button onClick={() => setOpen("edit")}>{t("webhooks.change")}</Button>
          {row.kind === "program" && (
            <Sure
              ask={t("webhooks.rotateSure")}
              word={t("webhooks.rotate")}
              go={() => rotate.mutate()}
            />
          )}
          {row.state === "on" ? (
            <Sure
              ask={t("webhooks.restSure")}
              word={t("webhooks.rest")}
              go={() => doing.mutate("rest")}
            />
          ) : (
            <>
              <Button type="primary" onClick={() => doing.mutate("resume")}>
                {t("webhooks.resume")}
              </Button>
              <Button onClick={() => doing.mutate("skip")}>{t("webhooks.resumeSkip")}</Button>
            </>
          )}
          <Sure
            danger
            ask={t("webhooks.endSure")}
            word={t("webhooks.end")}
            go={() => doing.mutate("end")}
          />
        </div>
      )}
      {open === "tries" && <Tries id={row.id} events={page.events} />}
    </section>
  );
}

function State({ row }: { row: WebhookRow }) {
  const { t } = useSpeech();
  if (row.state === "resting") return <Tag tone="bad">{t("webhooks.state_resting")}</Tag>;
  if (row.held?.stopped) return <Tag tone="bad">{t("webhooks.state_stopped")}</Tag>;
  if (row.failing_since) return <Tag tone="warn">{t("webhooks.state_failing")}</Tag>;
  return <Tag tone="ok">{t("webhooks.state_on")}</Tag>;
}

const whys = ["failing", "gone", "by_hand", "restored"] as const;

function facts(row: WebhookRow, t: ReturnType<typeof useSpeech>["t"]): string[] {
  const known = whys.find((one) => one === row.why);
  const why = known === "gone" && row.kind !== "program" ? "removed" : known;
  const next = row.state === "on" ? row.next_at : null;
  return [
    why ? t(`webhooks.why_${why}`) : "",
    row.failing_since && next
      ? t("webhooks.failingSince", { since: dateTime(row.failing_since), next: dateTime(next) })
      : "",
    row.old_until ? t("webhooks.overlap", { at: dateTime(row.old_until) }) : "",
    row.owner ? t("webhooks.owner", { name: row.owner.name }) : "",
  ].filter(Boolean);
}

interface SureProps {
  ask: string;
  word: string;
  danger?: boolean;
  go: () => void;
}

function Sure({ ask, word, danger = false, go }: SureProps) {
  const { t } = useSpeech();
  return (
    <Popconfirm title={ask} okText={word} cancelText={t("words.cancel")} onConfirm={go}>
      <Button danger={danger}>{word}</Button>
    </Popconfirm>
  );
}
