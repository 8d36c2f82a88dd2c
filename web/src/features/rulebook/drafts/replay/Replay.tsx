import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Draft } from "@/api/drafts";
import type { DraftReplay } from "@/api/replay";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Blank, Failed, Loading, sentence } from "@/shared/ui/States";
import { type Order, cancel, replayQuery, start } from "./api";
import { Changes } from "./Changes";
import { Figures } from "./Figures";
import { Running } from "./Running";
import { Start } from "./Start";
import { Splits } from "./Splits";
import "./replay.css";

/** A draft over everything that was judged: what it would have changed, cost and saved. */
export default function Replay({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const options = replayQuery(draft.id, draft.version);
  const read = useQuery({ ...options, placeholderData: (before) => before });
  const [order, setOrder] = useState<Order>({ against: "decided", since: null, until: null });
  const told = (now: DraftReplay) => {
    // An answer on its way tells of the run before.
    void client.cancelQueries({ queryKey: options.queryKey });
    client.setQueryData(options.queryKey, now);
    client.removeQueries({ queryKey: ["draft", draft.id, "changes"] });
  };
  const run = useMutation({
    mutationFn: () => start(draft.id, order),
    onSuccess: told,
    onError: () => void client.invalidateQueries({ queryKey: options.queryKey }),
  });
  const end = useMutation({ mutationFn: () => cancel(draft.id), onSuccess: told });
  if (read.isPending) return <Loading lines={8} />;
  if (read.isError) return <Failed error={read.error} retry={() => void read.refetch()} />;
  const replay = read.data;
  const running = replay.state === "running";
  const { report } = replay;
  const error = run.error ?? end.error;
  return (
    <div className="stack">
      {running ? (
        <Running
          replay={replay}
          cancel={replay.may_run ? () => end.mutate() : undefined}
          ending={end.isPending}
        />
      ) : (
        <Start
          draft={draft}
          replay={replay}
          order={order}
          set={setOrder}
          run={() => run.mutate()}
          starting={run.isPending}
        />
      )}
      {error && (
        <p className="notice bad" role="alert">
          {sentence(error, t)}
        </p>
      )}
      <Ended replay={replay} />
      {report && report.total.verdicts === 0 && <Blank title={t("replay.noneInTime")} />}
      {report && report.total.verdicts > 0 && (
        <>
          <Figures report={report} />
          {report.total.changed === 0 ? (
            <Blank title={t("replay.sameTitle")} text={t("replay.sameText")} />
          ) : (
            <>
              <Splits report={report} />
              <Changes draft={draft} report={report} stale={replay.stale} />
            </>
          )}
        </>
      )}
    </div>
  );
}

/** How the last run ended, and whether it still speaks of the rules as they stand. */
function Ended({ replay }: { replay: DraftReplay }) {
  const { t } = useSpeech();
  const { state, run, stale } = replay;
  if (state === "hidden") return <p className="notice warn">{t("replay.hidden")}</p>;
  if (state === "none" && !replay.any) {
    return <Blank title={t("replay.noVerdictsTitle")} text={t("replay.noVerdictsText")} />;
  }
  if (!run || state === "running") return null;
  if (state === "cancelled" || state === "failed" || state === "interrupted") {
    return <p className="notice warn">{t(`replay.state_${state}`)}</p>;
  }
  const time =
    run.since || run.until
      ? t("replay.time", { since: run.since ?? "…", until: run.until ?? "…" })
      : t("replay.allTime");
  return (
    <>
      {stale && (
        <p className="notice warn" role="status">
          <b>{t("replay.staleTitle")}</b>
          {t("replay.staleText")}
        </p>
      )}
      <p className="muted small dots">
        <span>
          {run.by.name} {dateTime(run.started_at)}
        </span>
        <span>{time}</span>
        <span>{t(`replay.against_${run.against}`)}</span>
      </p>
      {replay.report?.cut && <p className="notice warn">{t("replay.cut")}</p>}
    </>
  );
}
