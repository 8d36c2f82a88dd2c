import type { RulebookChange } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";

const tones = { added: "ok", removed: "warn", changed: "line", moved: "line" } as const;

interface Props {
  items: readonly RulebookChange[];
  /** Whether the clauses stand beside each change. */
  clauses?: boolean;
}

/** What differs, in sentences. */
export function ChangeList({ items, clauses = false }: Props) {
  const { t, say } = useSpeech();
  return (
    <ul className="changes">
      {items.map((change) => (
        <li key={`${change.kind}/${change.path}/${change.change}`}>
          <Tag tone={tones[change.change]}>{t(`rulebook.change_${change.change}`)}</Tag>
          <div>
            {change.sentences.map((sentence) => (
              <p key={sentence.en}>{say(sentence)}</p>
            ))}
            {clauses &&
              change.clauses.map((clause) => (
                <span key={clause} className="clause">
                  {clause}
                </span>
              ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
