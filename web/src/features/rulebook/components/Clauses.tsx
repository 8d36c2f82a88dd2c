import { useQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import { useDeferredValue, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { RulebookClause, RulebookSummary } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { clausesQuery } from "../api/queries";
import { Carriers } from "./Carriers";

type Status = RulebookClause["status"];
const statuses: readonly Status[] = ["enforced", "people", "uncovered"];

/** The standard's own words at left; at right what carries the clause that is chosen. */
export function Clauses({ coverage }: { coverage: RulebookSummary["coverage"] }) {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState("");
  const [status, setStatus] = useState<Status | null>(null);
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const clauses = useQuery(clausesQuery);
  const items = clauses.data?.items;
  const shown = useMemo(
    () =>
      (items ?? []).filter(
        (clause) =>
          (status === null || clause.status === status) &&
          (wanted === "" ||
            `${clause.id} ${clause.zh} ${clause.en}`.toLowerCase().includes(wanted)),
      ),
    [items, status, wanted],
  );
  if (clauses.isPending) return <Loading lines={10} />;
  if (clauses.isError) {
    return <Failed error={clauses.error} retry={() => void clauses.refetch()} />;
  }
  const chosen = items?.find((clause) => clause.id === search.get("clause")) ?? null;
  const total = statuses.reduce((sum, each) => sum + coverage[each], 0) || 1;
  return (
    <div className="clauses">
      <div className="stack">
        <section className="card coverage" aria-label={t("rulebook.coverage")}>
          <div className="coverage-bar" aria-hidden="true">
            {statuses.map((each) => (
              <i
                key={each}
                className={each}
                style={{ width: `${(coverage[each] / total) * 100}%` }}
              />
            ))}
          </div>
          <div className="row">
            {statuses.map((each) => (
              <button
                key={each}
                type="button"
                className={`chip status ${each}`}
                aria-pressed={status === each}
                onClick={() => setStatus(status === each ? null : each)}
              >
                {t(`rulebook.${each}`)} <b>{coverage[each]}</b>
              </button>
            ))}
            <Input
              className="clause-search"
              allowClear
              value={text}
              placeholder={t("rulebook.searchHint")}
              aria-label={t("rulebook.searchHint")}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
        </section>
        <section className="card standard">
          {shown.length === 0 && <p className="muted">{t("rulebook.noClauses")}</p>}
          {shown.map((clause, i) => {
            const chapter = say(clause.chapter);
            const first = chapter !== say(shown[i - 1]?.chapter);
            return (
              <div key={clause.id}>
                {first && <h2>{chapter}</h2>}
                <button
                  type="button"
                  className={`standard-clause ${clause.status}`}
                  aria-pressed={chosen?.id === clause.id}
                  onClick={() => setSearch({ clause: clause.id }, { replace: true })}
                >
                  <span className="standard-number">{clause.id}</span>
                  <span>
                    <q lang="zh-CN">{clause.zh}</q>
                    <span className="standard-asks">{clause.en}</span>
                  </span>
                </button>
              </div>
            );
          })}
        </section>
      </div>
      <aside className="clause-side">
        {chosen ? (
          <Carriers clause={chosen} />
        ) : (
          <section className="card muted">{t("rulebook.pick")}</section>
        )}
      </aside>
    </div>
  );
}
