import { useInfiniteQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link, useSearchParams } from "react-router";
import type { Draft } from "@/api/drafts";
import type { ReplayChange, ReplayOutcome, ReplayReport } from "@/api/replay";
import { type Speech, useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { type Wanted, bookOf, changesOf, wantedKeys } from "./api";
import { Pair } from "./Pair";
import { signed } from "./Splits";

interface Props {
  draft: Draft;
  report: ReplayReport;
  stale: boolean;
}

const groups = {
  turn: "turns",
  part: "parts",
  model: "models",
  station: "stations",
  month: "months",
} as const;

/** The verdicts behind a number, those with the most money first. */
export function Changes({ draft, report, stale }: Props) {
  const speech = useSpeech();
  const { t, say } = speech;
  const [search, setSearch] = useSearchParams();
  const entries = wantedKeys.map((key) => [key, search.get(key) ?? ""] as const);
  const wanted = Object.fromEntries(entries) as unknown as Wanted;
  const list = useInfiniteQuery({
    queryKey: ["draft", draft.id, "changes", draft.version, wanted],
    queryFn: ({ pageParam }) => changesOf(draft.id, wanted, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const drop = (key: string) => {
    const next = new URLSearchParams(search);
    next.delete(key);
    next.delete("verdict");
    setSearch(next, { replace: true });
  };
  const show = (verdict: string | null) => {
    const next = new URLSearchParams(search);
    if (verdict) next.set("verdict", verdict);
    else next.delete("verdict");
    setSearch(next, { replace: true });
  };
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const open = search.get("verdict");
  return (
    <section className="card" aria-label={t("replay.list")}>
      <div className="card-head">
        <h2>{t("replay.list")}</h2>
        {entries.map(([key, value]) => {
          const group = report[groups[key]].find((each) => each.key === value);
          return value ? (
            <button key={key} type="button" className="replay-chip" onClick={() => drop(key)}>
              {group ? say(group.title) : value} ×
            </button>
          ) : null;
        })}
        <a className="ant-btn-like push" href={bookOf(draft.id, wanted)} download>
          {t("replay.excel")}
        </a>
      </div>
      {report.listed < report.total.changed && (
        <p className="muted small">{t("replay.listed", { n: report.listed })}</p>
      )}
      {list.isPending && <Loading lines={5} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <p className="muted">{t("replay.noneHere")}</p>}
      <ul className="replay-list">
        {rows.map((row) => (
          <li key={row.verdict}>
            <Row
              row={row}
              speech={speech}
              open={open === row.verdict}
              show={stale ? null : () => show(open === row.verdict ? null : row.verdict)}
            />
            {open === row.verdict && !stale && <Pair draft={draft} verdict={row.verdict} />}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="replay-more-rows">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("replay.more")}
          </Button>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  row: ReplayChange;
  speech: Speech;
  open: boolean;
  show: (() => void) | null;
}

function Row({ row, speech, open, show }: RowProps) {
  const { t, say } = speech;
  const bad = row.turn === "lost" || row.turn === "worse" || row.turn === "earlier";
  return (
    <div className="replay-row">
      <div>
        <Link to={`/case/${row.case.id}`}>{row.case.number}</Link>{" "}
        <Tag tone={bad ? "bad" : row.turn === "open" ? "warn" : "ok"}>{say(row.turn_title)}</Tag>
        <p className="muted small dots">
          <span>{say(row.part)}</span>
          <span>{say(row.model)}</span>
          <span>{say(row.station)}</span>
          <span>{dateTime(row.judged_at)}</span>
        </p>
      </div>
      <p>
        {outcome(row.was, speech)} <span className="muted">→</span>{" "}
        <b>{outcome(row.becomes, speech)}</b>
      </p>
      <p className="num">{row.cost_fen === null ? t("replay.notKnown") : signed(row.cost_fen)}</p>
      <p className="num">
        {show && (
          <button type="button" className="link" aria-expanded={open} onClick={show}>
            {t(open ? "replay.close" : "replay.compare")}
          </button>
        )}
      </p>
    </div>
  );
}

function outcome(given: ReplayOutcome, { t }: Speech): string {
  if (given.refused) return t("replay.refused");
  if (given.covered === null) return t("cases.undecided");
  const words = [given.remedy ? t(`cases.${given.remedy}`) : t("cases.notCovered")];
  if (given.ends) words.push(t("replay.ends", { day: given.ends }));
  return words.join(", ");
}
