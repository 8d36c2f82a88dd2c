import { useSpeech } from "@/shared/i18n";
import { useNow } from "@/shared/time/clock";
import { dateTime, left } from "@/shared/time/format";

const SOON = 10 * 60_000;

/** A live countdown: red when late, amber in the last ten minutes; the instant on hover. */
export function TimeLeft({ due, soon }: { due: string; soon?: boolean }) {
  const { t } = useSpeech();
  const now = useNow();
  const { ms, text } = left(due, now, t);
  const tone = ms < 0 ? "late" : soon || ms < SOON ? "soon" : "";
  return (
    <time className={`nowrap ${tone}`} dateTime={due} title={dateTime(due)}>
      {text}
    </time>
  );
}
