import type { Problem } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "./ClauseRef";

/** Why something may not be done, by which clause, and what would make it pass. */
export function Refusal({ problem, prefix }: { problem: Problem; prefix?: string }) {
  const { t } = useSpeech();
  const detail = problem.detail || problem.title || t("words.errorForbidden");
  return (
    <span className="refusal">
      <span className="refusal-what">{prefix ? `${prefix}${detail}` : detail}</span>{" "}
      <ClauseRefs clauses={problem.clauses} />
      {problem.remedy && <span className="refusal-remedy"> {problem.remedy}</span>}
    </span>
  );
}
