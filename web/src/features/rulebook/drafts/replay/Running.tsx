import Button from "antd/es/button";
import type { DraftReplay } from "@/api/replay";
import { useSpeech } from "@/shared/i18n";

interface Props {
  replay: DraftReplay;
  cancel: (() => void) | undefined;
  ending: boolean;
}

/** How far a run is; it goes on when the page is left. */
export function Running({ replay, cancel, ending }: Props) {
  const { t, lang } = useSpeech();
  const { run } = replay;
  if (!run) return null;
  const number = new Intl.NumberFormat(lang);
  const known = run.total > 0;
  const percent = known ? Math.min(Math.floor((run.done * 100) / run.total), 100) : 0;
  return (
    <section className="card stack" aria-busy="true">
      <div className="card-head">
        <h2>{t(`replay.phase_${run.phase}`)}</h2>
        <span className="muted">
          {known &&
            t("replay.progress", {
              done: number.format(run.done),
              total: number.format(run.total),
            })}
        </span>
        {cancel && (
          <Button className="push" loading={ending} onClick={cancel}>
            {t("replay.cancel")}
          </Button>
        )}
      </div>
      <progress
        className="replay-bar"
        max={100}
        value={known ? percent : undefined}
        aria-label={t(`replay.phase_${run.phase}`)}
      />
      <p className="muted small">{t("replay.goesOn", { name: run.by.name })}</p>
    </section>
  );
}
