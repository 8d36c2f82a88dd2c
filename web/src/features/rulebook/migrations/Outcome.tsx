import { Link } from "react-router";
import type { MigratedCase } from "@/api/migrations";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";
import type { Fates } from "./api";

const order = { stays: 0, moves: 1, already: 2 } as const;
const tones = { stays: "warn", moves: "ok", already: "line" } as const;

/** Case by case what would become of it, or did: those that stay first, with their reasons. */
export function Outcome({ fates }: { fates: Fates }) {
  const { t } = useSpeech();
  const count = (fate: MigratedCase["fate"]) =>
    fates.cases.filter((each) => each.fate === fate).length;
  const cases = [...fates.cases].sort((a, b) => order[a.fate] - order[b.fate]);
  return (
    <div className="stack">
      <p className={fates.dry ? "notice" : "notice ok"} role="status">
        {t(fates.dry ? "migrations.wouldBe" : "migrations.done", {
          moves: count("moves"),
          stays: count("stays"),
          already: count("already"),
        })}
      </p>
      <ul className="changes">
        {cases.map((each) => (
          <Fate key={each.id} each={each} dry={fates.dry} />
        ))}
      </ul>
    </div>
  );
}

function Fate({ each, dry }: { each: MigratedCase; dry: boolean }) {
  const { t, say } = useSpeech();
  const word = each.fate === "moves" && !dry ? "moved" : each.fate;
  return (
    <li>
      <Tag tone={tones[each.fate]}>{t(`migrations.fate_${word}`)}</Tag>
      <div>
        <Link to={`/case/${each.id}`}>{each.number}</Link>
        {each.sentences.map((each) => (
          <p key={each.en} className="small">
            {say(each)}
          </p>
        ))}
        {each.fate === "moves" && each.sentences.length === 0 && (
          <p className="small muted">{t("migrations.nothingElse")}</p>
        )}
      </div>
    </li>
  );
}
