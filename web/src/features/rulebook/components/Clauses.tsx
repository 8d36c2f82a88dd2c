import { useQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import { useDeferredValue, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { RulebookSummary } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { clausesQuery } from "../api/queries";
import { Carriers } from "./Carriers";
import { Chapters, MeansBar } from "./Chapters";
import { type Means, chapterKey, chapters, means, meansOf } from "./means";

/** The standard's own words at left; at right what carries the clause that is chosen. */
export function Clauses({ coverage }: { coverage: RulebookSummary["coverage"] }) {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState("");
  const [held, setHeld] = useState<Means | null>(null);
  const [chapter, setChapter] = useState<string | null>(null);
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const clauses = useQuery(clausesQuery);
  const items = clauses.data?.items;
  const shown = useMemo(
    () =>
      (items ?? []).filter(
        (clause) =>
          (held === null || meansOf(clause) === held) &&
          (chapter === null || chapterKey(clause) === chapter) &&
          (wanted === "" ||
            `${clause.id} ${clause.zh} ${clause.en}`.toLowerCase().includes(wanted)),
      ),
    [items, held, chapter, wanted],
  );
  const byChapter = useMemo(() => chapters(items ?? []), [items]);
  if (clauses.isPending) return <Loading lines={10} />;
  if (clauses.isError) {
    return <Failed error={clauses.error} retry={() => void clauses.refetch()} />;
  }
  const chosen = items?.find((clause) => clause.id === search.get("clause")) ?? null;
  const total = coverage.enforced + coverage.people + coverage.uncovered;
  const count = Object.fromEntries(
    means.map((each) => [each, byChapter.reduce((sum, one) => sum + one.count[each], 0)]),
  ) as Record<Means, number>;
  return (
    <div className="clauses">
      <div className="stack">
        <section className="card coverage" aria-label={t("rulebook.coverage")}>
          <MeansBar count={count} total={total} />
          <div className="row">
            {means
              .filter((each) => count[each] > 0 || held === each)
              .map((each) => (
                <button
                  key={each}
                  type="button"
                  className={`chip status ${each}`}
                  aria-pressed={held === each}
                  onClick={() => setHeld(held === each ? null : each)}
                >
                  {t(`rulebook.${each}`)} <b>{count[each]}</b>
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
          <Chapters chapters={byChapter} chosen={chapter} choose={setChapter} />
        </section>
        <section className="card standard">
          {shown.length === 0 && <p className="muted">{t("rulebook.noClauses")}</p>}
          {shown.map((clause, i) => {
            const heading = say(clause.chapter);
            const first = heading !== say(shown[i - 1]?.chapter);
            return (
              <div key={clause.id}>
                {first && <h2>{heading}</h2>}
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
