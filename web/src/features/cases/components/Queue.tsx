import { useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import type { CaseRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { TimeLeft } from "@/shared/ui/TimeLeft";
import { caseQuery } from "../api/queries";
import { approvePlain } from "./reviewing";

interface Props {
  rows: readonly CaseRow[];
  chosen: string | null;
  choose: (id: string) => void;
}

/** What waits for a review, the most pressing first. */
export function Queue({ rows, chosen, choose }: Props) {
  const { t } = useSpeech();
  return (
    <nav className="card review-queue" aria-label={t("review.queue")}>
      <AllPlain rows={rows} />
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              aria-current={row.id === chosen}
              onClick={() => choose(row.id)}
            >
              <b>{row.number}</b>
              {row.due_at && <TimeLeft due={row.due_at} />}
              <span className="muted small">
                {[row.org.name, row.unit?.frame_no].filter(Boolean).join(" · ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Approves one after the other what nothing speaks against; the rest stays for a person. */
function AllPlain({ rows }: { rows: readonly CaseRow[] }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [at, setAt] = useState<{ seen: number; done: number } | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setRunning(true);
    setError(null);
    let done = 0;
    try {
      for (const [seen, row] of rows.entries()) {
        setAt({ seen, done });
        const one = await queries.fetchQuery({ ...caseQuery(row.id), staleTime: 0 });
        if (await approvePlain(one)) done += 1;
      }
    } catch (wrong) {
      setError(wrong);
    }
    setAt({ seen: rows.length, done });
    setRunning(false);
    await queries.invalidateQueries({ queryKey: ["cases"] });
    await queries.invalidateQueries({ queryKey: ["offers"] });
  };
  return (
    <div className="review-plain" aria-live="polite">
      <Button block loading={running} disabled={rows.length === 0} onClick={() => void run()}>
        {t("review.allPlain")}
      </Button>
      <p className="muted small">
        {at === null
          ? t("review.plainHint")
          : t(running ? "review.plainAt" : "review.plainDone", { ...at, all: rows.length })}
      </p>
      {error !== null && <p className="list-wrong small">{sentence(error, t)}</p>}
    </div>
  );
}
