import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import type { ScoreEntry, Scorecard } from "@/api/scorecards";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Pick } from "@/shared/ui/Pick";
import { sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { enter } from "../api/queries";

/** What no measure counts: who entered it, when, on what it stands; who may, enters or corrects. */
export function Entries({ card }: { card: Scorecard }) {
  const { t } = useSpeech();
  if (card.entries.length === 0) return null;
  return (
    <section className="card" aria-label={t("scorecards.entries")}>
      <h2>
        {t("scorecards.entries")}{" "}
        {card.missing > 0 && (
          <Tag tone="warn">{t("scorecards.missing", { n: card.missing })}</Tag>
        )}
      </h2>
      <ul className="plain score-entries">
        {card.entries.map((entry) => (
          <Entry key={`${card.org.id}/${card.period.id}/${entry.id}`} entry={entry} card={card} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry, card }: { entry: ScoreEntry; card: Scorecard }) {
  const { t, say } = useSpeech();
  const [open, setOpen] = useState(false);
  const [latest, ...older] = entry.history;
  const act = t(entry.text ? "scorecards.correct" : "scorecards.enter");
  return (
    <li id={`entry-${entry.id}`}>
      <div className="row">
        <span>
          {say(entry.title)} <ClauseRefs clauses={entry.clauses} />
        </span>
        <span className="push row">
          {entry.text ? <b>{say(entry.text)}</b> : <Tag tone="warn">{t("scorecards.toEnter")}</Tag>}
          {entry.may && (
            <Button
              size="small"
              aria-label={`${act} ${say(entry.title)}`}
              onClick={() => setOpen(!open)}
            >
              {act}
            </Button>
          )}
        </span>
      </div>
      {latest && (
        <p className="muted small">
          {t("scorecards.madeBy", {
            who: latest.actor.name,
            at: dateTime(latest.at),
            evidence: latest.evidence,
          })}
        </p>
      )}
      {!entry.may && !entry.text && (
        <p className="muted small">
          {t("scorecards.by", { roles: entry.by.map(say).join(t("scorecards.or")) })}
        </p>
      )}
      {older.length > 0 && (
        <details className="small">
          <summary>{t("scorecards.earlier", { n: older.length })}</summary>
          {older.map((made) => (
            <p key={made.at} className="muted">
              {made.text ? say(made.text) : t("scorecards.takenBack")} ·{" "}
              {t("scorecards.madeBy", {
                who: made.actor.name,
                at: dateTime(made.at),
                evidence: made.evidence,
              })}
            </p>
          ))}
        </details>
      )}
      {open && <Form entry={entry} card={card} done={() => setOpen(false)} />}
    </li>
  );
}

interface FormProps {
  entry: ScoreEntry;
  card: Scorecard;
  done: () => void;
}

/** A number as typed; a share is typed in per cent. Nothing is not a number. */
function typed(entry: ScoreEntry, text: string): number | null {
  const n = Number(text.trim());
  if (text.trim() === "" || Number.isNaN(n)) return null;
  return entry.kind === "percent" ? n / 100 : n;
}

function Form({ entry, card, done }: FormProps) {
  const { t, say } = useSpeech();
  const client = useQueryClient();
  const [yes, setYes] = useState(typeof entry.value === "boolean" ? entry.value : null);
  const [text, setText] = useState("");
  const [evidence, setEvidence] = useState("");
  const save = useMutation({
    mutationFn: (value: boolean | number | null) =>
      enter(card.id, {
        org: card.org.id,
        period: card.period.id,
        field: entry.id,
        value,
        evidence,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["scorecards"] });
      done();
    },
  });
  const value = entry.kind === "yes_no" ? yes : typed(entry, text);
  return (
    <form
      className="score-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) save.mutate(value);
      }}
    >
      {entry.kind === "yes_no" ? (
        <Pick
          label={say(entry.title)}
          options={[
            { value: true, label: t("words.yes") },
            { value: false, label: t("words.no"), tone: "bad" },
          ]}
          value={yes}
          set={setYes}
        />
      ) : (
        <Input
          inputMode="decimal"
          className="score-number"
          aria-label={say(entry.title)}
          suffix={entry.kind === "percent" ? "%" : (entry.unit ?? undefined)}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <Input
        className="score-evidence"
        maxLength={500}
        aria-label={t("scorecards.evidence")}
        placeholder={t("scorecards.evidence")}
        value={evidence}
        onChange={(event) => setEvidence(event.target.value)}
      />
      <Button
        type="primary"
        htmlType="submit"
        loading={save.isPending}
        disabled={value === null || evidence.trim() === ""}
      >
        {t("words.save")}
      </Button>
      {entry.text && (
        <Button disabled={evidence.trim() === ""} onClick={() => save.mutate(null)}>
          {t("scorecards.takeBack")}
        </Button>
      )}
      <Button onClick={done}>{t("words.cancel")}</Button>
      {save.isError && (
        <p className="late" role="alert">
          {sentence(save.error, t)}
        </p>
      )}
    </form>
  );
}
