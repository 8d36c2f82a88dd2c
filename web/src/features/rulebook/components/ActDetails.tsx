import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Grade, ProcessAction, ProcessPage } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ClauseRef } from "@/shared/ui/ClauseRef";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { clausesQuery } from "../api/queries";

const tone: Record<Grade, Tone> = { block: "bad", reason: "warn", note: "na" };

/** One act: who may do it, what to fill, on what conditions and by which clauses. */
export function ActDetails({ act, page }: { act: ProcessAction; page: ProcessPage }) {
  const { t, say } = useSpeech();
  const role = (id: string) => say(page.roles[id]) || id;
  const actName = (id: string) =>
    say([page.process.start, ...page.process.action].find((each) => each.id === id)?.title) || id;
  const prints = (act.effects ?? []).flatMap((effect) =>
    typeof effect["print"] === "string" ? [effect["print"]] : [],
  );
  return (
    <section className="card carriers">
      <div className="card-head">
        <h2>{say(act.title)}</h2>
        <Clauses ids={act.clause ?? []} />
      </div>
      <Part name={t("rulebook.byRoles")}>{act.by.map(role).join(" · ")}</Part>
      {act.not_by && act.not_by.length > 0 && (
        <Part name={t("rulebook.notBy")}>{act.not_by.map(actName).join(" · ")}</Part>
      )}
      {act.form && <Part name={t("rulebook.needsForm")}>{say(page.forms[act.form])}</Part>}
      {prints.length > 0 && (
        <Part name={t("rulebook.prints")}>
          {prints.map((id) => say(page.documents[id]) || id).join(" · ")}
        </Part>
      )}
      <h3>{t("rulebook.requires")}</h3>
      {(act.require ?? []).length === 0 && <p className="muted">{t("rulebook.noRequires")}</p>}
      <ul>
        {(act.require ?? []).map((require) => (
          <li key={require.id}>
            <Tag tone={tone[require.grade]}>{t(`rulebook.grade_${require.grade}`)}</Tag>{" "}
            {say(require.refuse)} <Clauses ids={require.clause} />
            {require.remedy && <span className="muted small">{say(require.remedy)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <h3>{name}</h3>
      <p>{children}</p>
    </>
  );
}

function Clauses({ ids }: { ids: readonly string[] }) {
  const { data } = useQuery(clausesQuery);
  return (
    <>
      {ids.map((id) => {
        const found = data?.items.find((clause) => clause.id === id);
        return <ClauseRef key={id} clause={{ id, number: id, label: id, text: found?.zh ?? "" }} />;
      })}
    </>
  );
}
