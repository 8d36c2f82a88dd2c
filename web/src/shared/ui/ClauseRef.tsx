import Popover from "antd/es/popover";
import type { Clause } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** The number of a clause; hover, focus or tap shows its own words. */
export function ClauseRef({ clause }: { clause: Clause }) {
  const { say } = useSpeech();
  const words = say(clause.text);
  if (!words) return <span className="clause">{clause.number || clause.id}</span>;
  return (
    <Popover
      trigger={["hover", "focus", "click"]}
      title={clause.id}
      content={<div style={{ maxWidth: 380 }}>{words}</div>}
    >
      <button type="button" className="clause" aria-label={`${clause.id} ${words}`}>
        {clause.number || clause.id}
      </button>
    </Popover>
  );
}

export function ClauseRefs({ clauses }: { clauses: readonly Clause[] | null | undefined }) {
  if (!clauses?.length) return null;
  return (
    <>
      {clauses.map((clause) => (
        <ClauseRef key={clause.id} clause={clause} />
      ))}
    </>
  );
}
