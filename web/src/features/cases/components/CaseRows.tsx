import { Link } from "react-router";
import type { CaseRow } from "@/api/types";
import { type Speech, useSpeech } from "@/shared/i18n";
import type { ListColumn } from "@/shared/list/columns";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { TimeLeft } from "@/shared/ui/TimeLeft";

const tone = (row: CaseRow): Tone => {
  if (row.state.kind === "done") return "ok";
  if (row.state.kind === "cancelled") return "na";
  return row.late ? "bad" : row.state.kind === "working" ? "na" : "warn";
};

/** What a list of cases can show. Papers of the store have neither vehicle nor customer. */
function caseColumns(say: Speech["say"]): ListColumn<CaseRow>[] {
  return [
    {
      id: "number",
      name: "cases.number",
      out: [["number", "cases.number"], ["process_title", "cases.process"]],
      fixed: true,
      cell: (row) => (
        <>
          <Link to={`/case/${row.id}`}>{row.number}</Link>
          <div className="muted small">{say(row.process_title)}</div>
        </>
      ),
    },
    {
      id: "state",
      name: "cases.state",
      out: [["state", "cases.state"]],
      cell: (row) => <Tag tone={tone(row)}>{say(row.state.title)}</Tag>,
    },
    {
      id: "vehicle",
      name: "cases.vehicle",
      out: [["unit.model_title", "cases.vehicle"], ["unit.frame_no", "cases.frameNo"]],
      says: (row) => row.unit !== null,
      cell: (row) => (
        <>
          {say(row.unit?.model_title)}
          <div className="muted small">{row.unit?.frame_no}</div>
        </>
      ),
    },
    {
      id: "plate",
      name: "cases.plate",
      out: [["unit.plate", "cases.plate"]],
      extra: true,
      nowrap: true,
      cell: (row) => row.unit?.plate ?? "–",
    },
    {
      id: "customer",
      name: "cases.customer",
      out: [["customer_masked", "cases.customer"]],
      says: (row) => row.customer_masked !== null,
      cell: (row) => row.customer_masked ?? "–",
    },
    {
      id: "assignee",
      name: "cases.assignee",
      out: [["assignee", "cases.assignee"]],
      says: (row) => row.assignee !== null,
      cell: (row) => row.assignee?.name ?? "–",
    },
    {
      id: "station",
      name: "cases.station",
      out: [["org", "cases.station"]],
      cell: (row) => row.org.name,
    },
    {
      id: "opened",
      name: "cases.openedAt",
      out: [["opened_at", "cases.openedAt"]],
      nowrap: true,
      cell: (row) => shortTime(row.opened_at, now()),
    },
    {
      id: "closed",
      name: "cases.closedAt",
      out: [["closed_at", "cases.closedAt"]],
      extra: true,
      nowrap: true,
      cell: (row) => (row.closed_at ? shortTime(row.closed_at, now()) : "–"),
    },
    {
      id: "due",
      name: "cases.due",
      out: [["due_at", "cases.due"]],
      num: true,
      cell: (row) => <Due row={row} none="–" />,
    },
  ];
}

/** The columns of cases, named in the reader's language. */
export function useCaseColumns(): ListColumn<CaseRow>[] {
  const { say } = useSpeech();
  return caseColumns(say);
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
