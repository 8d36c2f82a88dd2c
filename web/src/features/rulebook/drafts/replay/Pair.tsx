import { useQuery } from "@tanstack/react-query";
import type { Draft } from "@/api/drafts";
import type { ReplaySide } from "@/api/replay";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { VerdictCard } from "@/shared/verdict/VerdictCard";
import { pairQuery } from "./api";

/** One verdict as it was and as the draft gives it, each with its reasons. */
export function Pair({ draft, verdict }: { draft: Draft; verdict: string }) {
  const { t } = useSpeech();
  const pair = useQuery(pairQuery(draft.id, draft.version, verdict));
  if (pair.isPending) return <Loading lines={4} />;
  if (pair.isError) return <Failed error={pair.error} />;
  return (
    <div className="draft-sides replay-pair">
      <Side name={t("replay.before")} side={pair.data.was} />
      <Side name={t("replay.after")} side={pair.data.becomes} />
    </div>
  );
}

function Side({ name, side }: { name: string; side: ReplaySide }) {
  const { say } = useSpeech();
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {side.verdict ? (
        <VerdictCard verdict={side.verdict} />
      ) : (
        <p className="notice warn">{say(side.refused)}</p>
      )}
    </section>
  );
}
