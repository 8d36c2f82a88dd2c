import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import TextArea from "antd/es/input/TextArea";
import { useState } from "react";
import type { PartRow, TimelineEntry } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { PartsView } from "@/shared/form/parts/PartsView";
import { now } from "@/shared/time/clock";
import { dateTime, shortTime } from "@/shared/time/format";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { addNote } from "../api/queries";

/** What happened, newest first; each entry opens its why and what was written. */
export function Timeline({ id, timeline }: { id: string; timeline: TimelineEntry[] }) {
  const { t } = useSpeech();
  const newest = [...timeline]
    .reverse()
    .sort((a, b) => b.occurred_at.localeCompare(a.occurred_at));
  return (
    <section className="card">
      <h2>{t("cases.timeline")}</h2>
      <Note id={id} />
      <ol className="timeline">
        {newest.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t, say } = useSpeech();
  const [open, setOpen] = useState(false);
  const judged = entry.why.length > 0;
  const written = entry.form_summary.length > 0;
  return (
    <li data-event={entry.event}>
      <span>{say(entry.title)}</span>{" "}
      <small title={dateTime(entry.occurred_at)}>
        {shortTime(entry.occurred_at, now())} {entry.actor?.name}
        {entry.via && ` (${t("tokens.through", { name: entry.via })})`}
        {entry.on_behalf && ` ${t("cases.standsIn", { name: entry.on_behalf.name })}`}
        <AtCounter at={entry.counter} />
      </small>{" "}
      {entry.late && (
        <span title={t("cases.recordedAt", { at: dateTime(entry.recorded_at) })}>
          <Tag tone="warn">{t("cases.lateEntry")}</Tag>
        </span>
      )}{" "}
      {(judged || written || entry.reason) && (
        <button
          type="button"
          className="link small"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(open ? "words.close" : judged ? "cases.why" : "cases.details")}
        </button>
      )}
      {open && <EntryDetails entry={entry} />}
    </li>
  );
}

function AtCounter({ at }: { at: TimelineEntry["counter"] }) {
  const { t } = useSpeech();
  return at && ` ${t(at.pin ? "cases.byPin" : "cases.atCounter", { name: at.name })}`;
}

function EntryDetails({ entry }: { entry: TimelineEntry }) {
  const { t, say } = useSpeech();
  return (
    <div className="entry-details">
      {entry.reason && (
        <p>
          {t("form.reason")}: {entry.reason}
        </p>
      )}
      {entry.why.map((why, i) => (
        <p key={`${why.code}${i}`}>
          {why.sentence} <ClauseRefs clauses={why.clauses} />
        </p>
      ))}
      {entry.moves.map(([from, to]) => (
        <p key={say(from) + say(to)} className="muted">
          {say(from)} → {say(to)}
        </p>
      ))}
      {entry.form_summary.length > 0 && (
        <dl className="pairs small">
          {entry.form_summary.map((line) => (
            <div key={line.field} className="pair">
              <dt>{say(line.title)}</dt>
              <dd>
                {line.rows ? <PartsView rows={line.rows as PartRow[]} /> : line.text}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Note({ id }: { id: string }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [text, setText] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: () => addNote(id, (text ?? "").trim()),
    onSuccess: () => {
      setText(null);
      return queries.invalidateQueries({ queryKey: ["case", id] });
    },
  });
  if (text === null) {
    return (
      <button type="button" className="link small note-open" onClick={() => setText("")}>
        {t("cases.addNote")}
      </button>
    );
  }
  return (
    <div className="note">
      <TextArea
        autoFocus
        autoSize={{ minRows: 2 }}
        value={text}
        placeholder={t("cases.noteHint")}
        aria-label={t("cases.addNote")}
        onChange={(event) => setText(event.target.value)}
      />
      {send.error && <p className="late small">{sentence(send.error, t)}</p>}
      <div className="row">
        <Button
          size="small"
          loading={send.isPending}
          disabled={!text.trim()}
          onClick={() => send.mutate()}
        >
          {t("words.save")}
        </Button>
        <Button size="small" type="text" onClick={() => setText(null)}>
          {t("words.cancel")}
        </Button>
      </div>
    </div>
  );
}
