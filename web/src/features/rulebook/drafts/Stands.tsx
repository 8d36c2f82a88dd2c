import Button from "antd/es/button";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import type { Standing } from "./saver";

interface Props {
  standing: Standing;
  /** What was changed by both, each in a sentence. */
  clashes?: readonly string[];
  mine?: () => void;
  theirs?: () => void;
}

/** Whether the last edit is on the server, and if not, why. */
export function Stands({ standing, clashes = [], mine, theirs }: Props) {
  const { t } = useSpeech();
  const { phase, error, joined } = standing;
  // Nothing was edited yet: there is nothing to say.
  if (phase === "untouched") return null;
  if (phase === "clash") {
    return (
      <div className="notice warn" role="alert">
        <b>{t("drafts.clash")}</b>
        <ul>
          {clashes.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <div className="row">
          <Button onClick={mine}>{t("drafts.clashMine")}</Button>
          <Button onClick={theirs}>{t("drafts.clashTheirs")}</Button>
        </div>
      </div>
    );
  }
  if (phase === "refused" || phase === "offline") {
    return (
      <p className="notice bad" role="alert">
        <b>{t(phase === "offline" ? "drafts.offline" : "drafts.refused")}</b>
        {sentence(error, t)}
      </p>
    );
  }
  return (
    <span className="row" role="status">
      <Tag tone={phase === "saved" ? "ok" : "line"}>{t(`drafts.${phase}`)}</Tag>
      {joined && <span className="muted small">{t("drafts.joined")}</span>}
    </span>
  );
}
