import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { meQuery } from "@/api/queries/session";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { articlesQuery, helpedWith } from "@/shared/knowledge/queries";

/** What of a case says what it is about. */
const word = (one: Case, field: string) => {
  const value = one.data[field];
  return typeof value === "string" && value !== "" ? value : null;
};

/** Articles about what the case is about: its symptom, component and fault (知识库). */
export function Articles({ one }: { one: Case }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const said = word(one, "symptom") ?? word(one, "call_matter") ?? "";
  const asked = {
    q: said.slice(0, 300),
    component: word(one, "component"),
    fault: word(one, "fault"),
    model: one.unit?.model.id ?? null,
  };
  const about = asked.q !== "" || asked.component !== null || asked.fault !== null;
  const found = useQuery({
    ...articlesQuery({ ...asked, limit: 3 }),
    enabled: about && one.closed_at === null,
  });
  const helped = useMutation({
    mutationFn: (article: string) => helpedWith(article, one.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ["articles"] }),
  });
  const rows = about && one.closed_at === null ? (found.data?.items ?? []) : [];
  if (rows.length === 0) return null;
  const may = me?.permissions.includes("case_act") === true;
  return (
    <section className="card stack">
      <h2>{t("knowledge.suggested")}</h2>
      {rows.map((article) => (
        <details key={article.id} className="case-article">
          <summary>{article.title}</summary>
          <p>{article.body}</p>
          {may && (
            <button
              type="button"
              className="chip"
              aria-pressed={helped.variables === article.id && helped.isSuccess}
              onClick={() => helped.mutate(article.id)}
            >
              {t("knowledge.thisHelped")}
            </button>
          )}
        </details>
      ))}
    </section>
  );
}
