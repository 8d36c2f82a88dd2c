import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { rulebookQuery } from "../api/queries";
import { type Chapter, type Means, means } from "./means";
import "./chapters.css";

/** One bar a chapter, pack by pack: the company's own standard, what it inherits, the law. */
export function Chapters({
  chapters,
  chosen,
  choose,
}: {
  chapters: readonly Chapter[];
  chosen: string | null;
  choose: (key: string | null) => void;
}) {
  const { t, say } = useSpeech();
  const rulebook = useQuery(rulebookQuery);
  const packs = [...new Set(chapters.map((chapter) => chapter.pack))];
  const titles = new Map(
    (rulebook.data?.release.packs ?? []).map((pack) => [pack.id, say(pack.title)]),
  );
  return (
    <details className="chapters">
      <summary>{t("rulebook.byChapter")}</summary>
      {packs.map((pack) => (
        <section key={pack}>
          <h3>{titles.get(pack) ?? pack}</h3>
          {chapters
            .filter((chapter) => chapter.pack === pack)
            .map((chapter) => (
              <button
                key={chapter.key}
                type="button"
                className="chapter"
                aria-pressed={chosen === chapter.key}
                onClick={() => choose(chosen === chapter.key ? null : chapter.key)}
              >
                <span className="chapter-title">{say(chapter.title)}</span>
                <MeansBar count={chapter.count} total={chapter.all} />
                <span className="num">
                  {t("rulebook.held", {
                    held: chapter.all - chapter.count.uncovered,
                    all: chapter.all,
                  })}
                </span>
              </button>
            ))}
        </section>
      ))}
    </details>
  );
}

/** Shares of clauses by what holds them, in one bar; the numbers stand beside it. */
export function MeansBar({ count, total }: { count: Record<Means, number>; total: number }) {
  const { t } = useSpeech();
  const said = means
    .filter((each) => count[each] > 0)
    .map((each) => `${t(`rulebook.${each}`)} ${count[each]}`);
  return (
    <span className="means-bar" role="img" aria-label={said.join(", ")} title={said.join(" · ")}>
      {means.map((each) => (
        <i
          key={each}
          className={each}
          style={{ width: `${(count[each] / Math.max(total, 1)) * 100}%` }}
        />
      ))}
    </span>
  );
}
