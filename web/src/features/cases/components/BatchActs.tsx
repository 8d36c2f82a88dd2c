import { useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import type { CaseRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { caseQuery } from "../api/queries";
import { type Together, actsFor } from "./batch";
import { BatchForm } from "./BatchForm";

/** Each is read and acted on by a request of its own. */
const MOST = 50;

interface Props {
  rows: CaseRow[];
  clear: () => void;
}

/** What can be done to several cases at once: what the server allows in each of them. */
export function BatchActs({ rows, clear }: Props) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const [found, setFound] = useState<{ of: string; acts: Together[] } | null>(null);
  const [chosen, setChosen] = useState<Together | null>(null);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (rows.length === 0) return null;
  const ticked = rows.map((row) => row.id).join();
  const ask = async () => {
    setAsking(true);
    setError(null);
    try {
      const read = rows.map(({ id }) => queries.fetchQuery({ ...caseQuery(id), staleTime: 0 }));
      setFound({ of: ticked, acts: actsFor(await Promise.all(read)) });
    } catch (wrong) {
      setError(wrong);
    } finally {
      setAsking(false);
    }
  };
  const forget = () => {
    setFound(null);
    setChosen(null);
    clear();
  };
  // Other rows were ticked since the server was asked: it is asked again.
  const known = found?.of === ticked ? found.acts : null;
  return (
    <div className="list-bar batch" role="region" aria-label={t("list.ticked", { n: rows.length })}>
      <b>{t("list.ticked", { n: rows.length })}</b>
      {rows.length > MOST ? (
        <span className="list-wrong">{t("list.batchMost", { n: MOST })}</span>
      ) : known === null ? (
        <Button loading={asking} onClick={() => void ask()}>
          {t("list.batchAsk")}
        </Button>
      ) : known.length === 0 ? (
        <span className="muted">{t("list.batchNone")}</span>
      ) : (
        known.map((one) => (
          <Button key={`${one.process}/${one.action.id}`} onClick={() => setChosen(one)}>
            {t("list.batchAct", { act: say(one.action.title), n: one.cases.length })}
          </Button>
        ))
      )}
      <button type="button" className="link" onClick={forget}>
        {t("list.unTick")}
      </button>
      {error !== null && <span className="list-wrong">{sentence(error, t)}</span>}
      {chosen && <BatchForm what={chosen} close={() => setChosen(null)} done={forget} />}
    </div>
  );
}
