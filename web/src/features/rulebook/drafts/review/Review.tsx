import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link } from "react-router";
import type { Draft } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { ChangeList } from "../../components/ChangeList";
import { runExamples } from "../api";
import { Steps } from "./Steps";

/** A draft on its way into force: what it changes, whether it holds together, who says yes. */
export default function Review({ draft }: { draft: Draft }) {
  const { t, say } = useSpeech();
  const errors = draft.findings.filter((each) => each.level === "error").length;
  const required = draft.unsets.filter((each) => each.required);
  return (
    <div className="columns">
      <div className="stack">
        <section className="card">
          <h2>{t("drafts.changes")}</h2>
          {draft.changes.length === 0 && <p className="muted">{t("drafts.noChanges")}</p>}
          <ChangeList items={draft.changes} clauses />
        </section>
        <section className="card">
          <h2>{t("drafts.holds")}</h2>
          <ul className="changes">
            <li>
              <Tag tone={errors > 0 ? "bad" : "ok"}>{t("drafts.findings")}</Tag>
              <div>
                {errors > 0 ? (
                  <Link to="?tab=findings">{t("drafts.errors", { n: errors })}</Link>
                ) : (
                  t("drafts.noErrors", { n: draft.findings.length })
                )}
              </div>
            </li>
            <li>
              <Tag tone={required.length > 0 ? "bad" : "ok"}>{t("drafts.parameters")}</Tag>
              <div>
                {required.length > 0 ? (
                  <Link to="?tab=parameters">
                    {t("drafts.requiredUnset", {
                      names: required.map((each) => say(each.title)).join(" · "),
                    })}
                  </Link>
                ) : (
                  t("drafts.unsetCount", { n: draft.unsets.length })
                )}
              </div>
            </li>
            <Examples key={draft.version} draft={draft} />
          </ul>
        </section>
        <History draft={draft} />
      </div>
      <aside className="clause-side">
        <Steps draft={draft} />
      </aside>
    </div>
  );
}

/** Where a file and line of a pack are edited. */
function fileAt(at: string): string {
  const [file = "", line = ""] = at.split(":");
  return `?${new URLSearchParams({ tab: "files", item: file, line }).toString()}`;
}

function Examples({ draft }: { draft: Draft }) {
  const { t, say } = useSpeech();
  const run = useMutation({ mutationFn: () => runExamples(draft.id) });
  const { data } = run;
  const failed = data?.failed ?? [];
  return (
    <li>
      <Tag tone={!data ? "line" : failed.length > 0 ? "bad" : "ok"}>{t("drafts.examples")}</Tag>
      <div>
        {data ? (
          <p>{t("drafts.examplesRun", { passed: data.passed, failed: failed.length })}</p>
        ) : (
          <Button
            size="small"
            loading={run.isPending}
            disabled={!draft.clean}
            onClick={() => run.mutate()}
          >
            {t("drafts.runExamples")}
          </Button>
        )}
        {run.error && <p className="late">{sentence(run.error, t)}</p>}
        {failed.map((each) => (
          <p key={each.at}>
            <b>{each.name}</b>{" "}
            <Link className="small" to={fileAt(each.at)}>
              {each.at}
            </Link>
            <br />
            {say(each.sentence)}
          </p>
        ))}
      </div>
    </li>
  );
}

function History({ draft }: { draft: Draft }) {
  const { t, say } = useSpeech();
  return (
    <section className="card">
      <h2>{t("drafts.history")}</h2>
      <ul className="changes">
        {[...draft.review].reverse().map((event) => (
          <li key={event.at + event.event}>
            <Tag tone="line">{t(`drafts.event_${event.event as "created"}`)}</Tag>
            <div>
              <p>
                {event.by.name} <span className="muted small">{dateTime(event.at)}</span>
              </p>
              {event.reason && <p>{event.reason}</p>}
              {event.sentences.map((each) => (
                <p key={each.en} className="muted small">
                  {say(each)}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
