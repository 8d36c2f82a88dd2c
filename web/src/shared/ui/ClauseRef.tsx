import Popover from "antd/es/popover";
import type { Clause } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

interface Props {
  clause: Clause;
  /** Not a stop of the Tab key: beside the fields of a form, where hands move fast. */
  aside?: boolean;
}

/** The label of a clause, which no other has; hover, focus or tap shows its own words. */
export function ClauseRef({ clause, aside = false }: Props) {
  const { say } = useSpeech();
  const words = say(clause.text);
  if (!words) return <span className="clause">{clause.label}</span>;
  return (
    <Popover
      trigger={["hover", "focus", "click"]}
      title={clause.id}
      content={<div style={{ maxWidth: 380 }}>{words}</div>}
    >
      <button
        type="button"
        className="clause"
        aria-label={clause.id}
        tabIndex={aside ? -1 : undefined}
      >
        {clause.label}
      </button>
    </Popover>
  );
}

interface Several {
  clauses: readonly Clause[] | null | undefined;
  aside?: boolean;
}

export function ClauseRefs({ clauses, aside = false }: Several) {
  if (!clauses?.length) return null;
  return (
    <>
      {clauses.map((clause) => (
        <ClauseRef key={clause.id} clause={clause} aside={aside} />
      ))}
    </>
  );
}
