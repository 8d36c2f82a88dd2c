import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import TextArea from "antd/es/input/TextArea";
import { useState } from "react";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { Case, Field } from "@/api/types";
import FilesField from "@/shared/form/fields/Files";
import { useAttempt } from "@/shared/form/useAttempt";
import { useSpeech } from "@/shared/i18n";
import { articlesQuery } from "@/shared/knowledge/queries";
import { now } from "@/shared/time/clock";
import { sentence } from "@/shared/ui/States";
import { useDebounced } from "@/shared/useDebounced";
import { act, note } from "../api/queries";

/** Answers with a photo or an article, notes among us, promises, takes and closes. */
export function Reply({ one, letter }: { one: Case; letter: string | null }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const me = useQuery(meQuery);
  const [text, setText] = useState("");
  const [files, setFiles] = useState<string[]>([]);
  const attempt = useAttempt();
  const may = (action: string) =>
    one.actions.some((each) => each.id === action && each.mine && !each.blocked);
  const done = useMutation({
    mutationFn: (doing: { action: string; form: Record<string, unknown> }) =>
      attempt(doing, (key) => act(one.id, doing.action, doing.form, key)),
    onSuccess: (_, doing) => {
      if (doing.action === "answer") {
        setText("");
        setFiles([]);
      }
      void queries.invalidateQueries({ queryKey: ["case", one.id] });
      void queries.invalidateQueries({ queryKey: ["cases"] });
    },
  });
  const noted = useMutation({
    mutationFn: () => note(one.id, text),
    onSuccess: () => {
      setText("");
      void queries.invalidateQueries({ queryKey: ["case", one.id] });
    },
  });
  const answer = () => {
    const photos = files.map((file) => ({ file }));
    const form = photos.length > 0 ? { answer: text, answer_photos: photos } : { answer: text };
    done.mutate({ action: "answer", form });
  };
  const promise = (hours: number) => {
    const at = new Date(now() + hours * 3_600_000).toISOString();
    done.mutate({ action: "promise", form: { reply_promised_at: at } });
  };
  const busy = done.isPending || noted.isPending;
  const error = done.error ?? noted.error;
  const self = me.data?.person.id;
  return (
    <div className="enquiry-reply">
      {may("answer") && (
        <>
          <TextArea
            aria-label={t("enquiries.answer")}
            placeholder={
              letter
                ? t("enquiries.letterHint", { email: letter })
                : t("enquiries.answerHint")
            }
            autoSize={{ minRows: 3, maxRows: 12 }}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              const send = event.key === "Enter" && (event.ctrlKey || event.metaKey);
              if (send && text.trim() && !busy) answer();
            }}
          />
          <Articles paste={(body) => setText((before) => (before ? `${before}\n${body}` : body))} />
          <FilesField
            id="enquiry-files"
            field={photosOf(one)}
            value={files}
            set={(next) => setFiles((next ?? []) as string[])}
            invalid={false}
          />
        </>
      )}
      {error && (
        <p className="late" role="alert">
          {sentence(error, t)}
        </p>
      )}
      <div className="row">
        {may("answer") && (
          <Button type="primary" disabled={!text.trim()} loading={busy} onClick={answer}>
            {t("enquiries.send")}
          </Button>
        )}
        <Button disabled={!text.trim() || busy} onClick={() => noted.mutate()}>
          {t("enquiries.note")}
        </Button>
        {may("take") && self && one.assignee?.id !== self && (
          <Button
            disabled={busy}
            onClick={() => done.mutate({ action: "take", form: { responder: self } })}
          >
            {t("enquiries.take")}
          </Button>
        )}
        {may("promise") &&
          [1, 4, 24].map((hours) => (
            <Button key={hours} disabled={busy} onClick={() => promise(hours)}>
              {t("enquiries.promise", { n: hours })}
            </Button>
          ))}
        {may("settle") && (
          <Button disabled={busy} onClick={() => done.mutate({ action: "settle", form: {} })}>
            {t("enquiries.settle")}
          </Button>
        )}
        <Link to={`/case/${one.id}`} className="enquiry-more">
          {t("enquiries.others")}
        </Link>
      </div>
    </div>
  );
}

/** The photos of an answer, as its form has them. */
function photosOf(one: Case): Field {
  const answer = one.actions.find((each) => each.id === "answer")?.form;
  return answer?.fields.find((field) => field.id === "answer_photos") as Field;
}

/** Articles by a word typed here; one press puts a text into the answer. */
function Articles({ paste }: { paste: (body: string) => void }) {
  const { t } = useSpeech();
  const [said, setSaid] = useState("");
  const q = useDebounced(said.trim());
  const found = useQuery({ ...articlesQuery({ q, limit: 4 }), enabled: q.length >= 2 });
  const rows = q.length >= 2 ? (found.data?.items ?? []) : [];
  return (
    <div className="enquiry-articles">
      <input
        className="plain-input"
        aria-label={t("enquiries.articles")}
        placeholder={t("enquiries.articles")}
        value={said}
        onChange={(event) => setSaid(event.target.value)}
      />
      {rows.map((row) => (
        <button key={row.id} type="button" className="chip" onClick={() => paste(row.body)}>
          {row.title}
        </button>
      ))}
    </div>
  );
}
