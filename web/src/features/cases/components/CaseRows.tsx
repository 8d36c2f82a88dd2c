import { Link, useNavigate } from "react-router";
import type { CaseRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { TimeLeft } from "@/shared/ui/TimeLeft";

const tone = (row: CaseRow): Tone => {
  if (row.state.kind === "done") return "ok";
  if (row.state.kind === "cancelled") return "na";
  return row.late ? "bad" : row.state.kind === "working" ? "na" : "warn";
};

/** Cases as a table; the whole row opens, the number is the link. */
export function CaseTable({ rows }: { rows: CaseRow[] }) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  // Papers of the store have neither vehicle nor customer: what no row has takes no room.
  const units = rows.some((row) => row.unit);
  const customers = rows.some((row) => row.customer_masked);
  const assignees = rows.some((row) => row.assignee);
  return (
    <div className="card scroll-x" style={{ padding: 0 }}>
      <table className="paper-table cases-table">
        <thead>
          <tr>
            <th>{t("cases.number")}</th>
            <th>{t("cases.state")}</th>
            {units && <th>{t("cases.vehicle")}</th>}
            {customers && <th>{t("cases.customer")}</th>}
            {assignees && <th>{t("cases.assignee")}</th>}
            <th>{t("cases.station")}</th>
            <th>{t("cases.openedAt")}</th>
            <th className="num">{t("cases.due")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} onClick={() => void go(`/case/${row.id}`)}>
              <td>
                <Link to={`/case/${row.id}`} onClick={(event) => event.stopPropagation()}>
                  {row.number}
                </Link>
                <div className="muted small">{say(row.process_title)}</div>
              </td>
              <td>
                <Tag tone={tone(row)}>{say(row.state.title)}</Tag>
              </td>
              {units && (
                <td>
                  {say(row.unit?.model_title)}
                  <div className="muted small">{row.unit?.frame_no}</div>
                </td>
              )}
              {customers && <td>{row.customer_masked ?? "–"}</td>}
              {assignees && <td>{row.assignee?.name ?? "–"}</td>}
              <td>{row.org.name}</td>
              <td className="nowrap">{shortTime(row.opened_at, now())}</td>
              <td className="num">
                <Due row={row} none="–" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// What is already late says so in words; the next clock that runs stands beside it.
function Due({ row, none = null }: { row: CaseRow; none?: string | null }) {
  const { t } = useSpeech();
  if (row.closed_at || (!row.due_at && !row.late)) return none;
  return (
    <>
      {row.late && <span className="late">{t("workbench.late")}</span>}
      {row.late && row.due_at && " · "}
      {row.due_at && <TimeLeft due={row.due_at} />}
    </>
  );
}

/** The same as cards for the phone. */
export function CaseCards({ rows }: { rows: CaseRow[] }) {
  const { say } = useSpeech();
  return (
    <div className="stack" style={{ gap: 10 }}>
      {rows.map((row) => (
        <Link key={row.id} to={`/case/${row.id}`} className="card case-card">
          <div className="row">
            <b>{row.number}</b>
            <Tag tone={tone(row)}>{say(row.state.title)}</Tag>
          </div>
          <div className="sub">
            {(row.unit || row.customer_masked
              ? [say(row.unit?.model_title), row.unit?.frame_no?.slice(-4), row.customer_masked]
              : [say(row.process_title), row.org.name]
            )
              .filter(Boolean)
              .join(" · ")}
          </div>
          <div className="row small">
            <span className="muted">
              {shortTime(row.opened_at, now())}
              {row.assignee && ` · ${row.assignee.name}`}
            </span>
            <Due row={row} />
          </div>
        </Link>
      ))}
    </div>
  );
}
