import type { DraftRow, DraftState } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Tag, type Tone } from "@/shared/ui/Tag";

const tone: Record<DraftState, Tone> = {
  open: "line",
  in_review: "warn",
  approved: "ok",
  published: "ok",
  withdrawn: "na",
};

/** How far a draft is; of a published one, from when it holds. */
export function StateTag({ draft }: { draft: DraftRow }) {
  const { t } = useSpeech();
  const { release, state } = draft;
  const day = release?.effective ?? "";
  const words =
    state === "published" && release
      ? t(release.in_force ? "drafts.inForceSince" : "drafts.inForceFrom", { day })
      : t(`drafts.state_${state}`);
  return <Tag tone={tone[state]}>{words}</Tag>;
}
