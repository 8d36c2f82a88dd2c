import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import type { Path } from "./Register";
import { useOpenable } from "./useOpenable";

const paths = [
  ["unregistered", "desk.unregistered", "desk.unregisteredText"],
  ["lost_card", "desk.lostCard", "desk.lostCardText"],
  ["other_brand", "desk.otherBrand", "desk.otherBrandText"],
] as const;

function PathCards({ take }: { take: (path: Path) => void }) {
  const { t } = useSpeech();
  return (
    <div className="paths">
      {paths.map(([path, name, text]) => (
        <button key={path} type="button" className="path" onClick={() => take(path)}>
          <b>{t(name)}</b>
          <span>{t(text)}</span>
        </button>
      ))}
    </div>
  );
}

/** Before anything is typed. */
export function Idle({ take }: { take: (path: Path) => void }) {
  const { t, say } = useSpeech();
  const { repair, others } = useOpenable();
  const free = [repair, ...others].filter((process) => process?.subject !== "unit");
  return (
    <section className="card idle">
      <h1>{t("desk.idleTitle")}</h1>
      <p className="sub">{t("desk.idleText")}</p>
      <h2>{t("desk.paths")}</h2>
      <PathCards take={take} />
      {free.length > 0 && (
        <>
          <h2>{t("desk.withoutUnit")}</h2>
          <div className="row">
            {free.map(
              (process) =>
                process && (
                  <Link key={process.id} to={`/open/${process.id}`}>
                    {say(process.title)}
                  </Link>
                ),
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** Nothing found: nobody is sent away, each case has its own path. */
export function NotFoundPaths({ q, take }: { q: string; take: (path: Path) => void }) {
  const { t } = useSpeech();
  return (
    <section className="card idle">
      <h1>{t("desk.noneTitle", { q })}</h1>
      <p className="sub">{t("desk.noneText")}</p>
      <PathCards take={take} />
    </section>
  );
}
