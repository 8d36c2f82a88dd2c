import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { ScheduleRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Blank, Failed, Loading, sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { runSchedule, runsQuery, schedulesQuery } from "../api/schedules";
import "./schedules.css";

/** What the calendar opens: when next, how it went last, and what went wrong. */
export default function Schedules() {
  const { t } = useSpeech();
  const schedules = useQuery(schedulesQuery);
  if (schedules.isPending) return <Loading lines={6} />;
  if (schedules.isError) {
    return <Failed error={schedules.error} retry={() => void schedules.refetch()} />;
  }
  if (schedules.data.items.length === 0) return <Blank title={t("rulebook.noSchedules")} />;
  return (
    <div className="schedules">
      {schedules.data.items.map((row) => (
        <Schedule key={row.id} row={row} />
      ))}
    </div>
  );
}

function Schedule({ row }: { row: ScheduleRow }) {
  const { t, say } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const [open, setOpen] = useState(false);
  const { next, waits, last } = row;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{say(row.title)}</h2>
        <ClauseRefs clauses={row.clauses} />
      </div>
      <dl className="schedule-facts">
        <dt>{t("rulebook.scheduleRule")}</dt>
        <dd>{say(row.rule)}</dd>
        <dt>{t("rulebook.scheduleOpens")}</dt>
        <dd>
          {say(row.process_title)}{" "}
          <span className="muted">
            {row.vehicles && t("rulebook.scheduleVehicles")}
            {!row.vehicles && t(row.company ? "rulebook.scheduleCompany" : "rulebook.scheduleEach")}
          </span>
        </dd>
        <dt>{t("rulebook.scheduleNext")}</dt>
        <dd>
          {next && `${next.period} · ${dateTime(next.at)}`}
          {waits && <span className="warn-text">{say(waits)}</span>}
          {!next && !waits && <span className="muted">{t("words.none")}</span>}
        </dd>
        <dt>{t("rulebook.scheduleLast")}</dt>
        <dd>
          {last ? (
            <>
              {last.period} · {t("rulebook.scheduleOpened", { count: last.opened })}{" "}
              {last.failed > 0 && (
                <Tag tone="warn">{t("rulebook.scheduleFailed", { count: last.failed })}</Tag>
              )}
              {last.skipped > 0 && (
                <Tag tone="line">{t("rulebook.scheduleSkipped", { count: last.skipped })}</Tag>
              )}{" "}
              <button
                type="button"
                className="link small"
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              >
                {t(open ? "words.close" : "rulebook.scheduleRuns")}
              </button>
            </>
          ) : (
            <span className="muted">{t("rulebook.scheduleNever")}</span>
          )}
        </dd>
      </dl>
      {open && <Runs id={row.id} />}
      {me?.permissions.includes("rulebook_publish") && <RunNow row={row} />}
    </section>
  );
}

function Runs({ id }: { id: string }) {
  const { t, say } = useSpeech();
  const runs = useQuery(runsQuery(id));
  if (runs.isPending) return <Loading lines={4} />;
  if (runs.isError) return <Failed error={runs.error} retry={() => void runs.refetch()} />;
  return (
    <ul className="schedule-runs">
      {runs.data.items.map((run) => (
        <li key={`${run.period}/${run.unit ?? run.org}`}>
          <span>{run.period}</span> <span>{run.org_name}</span>{" "}
          {run.unit && (
            <>
              <Link to={`/unit/${run.unit}`}>{run.frame_no ?? run.unit}</Link>{" "}
              {run.age && (
                <span className="muted">{t("rulebook.scheduleAge", { age: say(run.age) })}</span>
              )}{" "}
            </>
          )}
          {run.case && run.number && <Link to={`/case/${run.case}`}>{run.number}</Link>}{" "}
          {run.sentence && <span className="warn-text">{say(run.sentence)}</span>}{" "}
          <small className="muted">
            {dateTime(run.ran_at)} {run.actor ?? t("rulebook.scheduleCalendar")}
          </small>
        </li>
      ))}
    </ul>
  );
}

function RunNow({ row }: { row: ScheduleRow }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [period, setPeriod] = useState(row.period ?? "");
  const run = useMutation({
    mutationFn: () => runSchedule(row.id, period.trim()),
    onSuccess: () => client.invalidateQueries({ queryKey: ["schedules"] }),
  });
  const done = run.data;
  return (
    <form
      className="schedule-run"
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate();
      }}
    >
      <label>
        {t("rulebook.schedulePeriod")}{" "}
        <Input value={period} onChange={(event) => setPeriod(event.target.value)} />
      </label>
      <Button htmlType="submit" loading={run.isPending} disabled={!period.trim()}>
        {t("rulebook.scheduleRun")}
      </Button>
      <span role="status">
        {run.isError && <span className="warn-text">{sentence(run.error, t)}</span>}
        {done &&
          t("rulebook.scheduleDone", {
            opened: done.opened,
            before: done.before,
            failed: done.failed,
          })}
      </span>
    </form>
  );
}
