import { Link, useNavigate } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { usePhone } from "@/shared/ui/usePhone";
import { useOpenable } from "@/shared/unit/OpenMenu";

const paths = [
  ["unregistered", "desk.unregistered", "desk.unregisteredText"],
  ["lost_card", "desk.lostCard", "desk.lostCardText"],
  ["other_brand", "desk.otherBrand", "desk.otherBrandText"],
] as const;

type Path = (typeof paths)[number][0];

interface Props {
  /** What was typed; it is carried into the intake. */
  q: string;
  lostCard: () => void;
}

/** Papers missing: each of the three cases is one click from its intake. */
function PathCards({ q, lostCard }: Props) {
  const { t } = useSpeech();
  const go = useNavigate();
  const { repair } = useOpenable();
  const take = (path: Path) => {
    if (path === "lost_card" || !repair) return lostCard();
    void go(`/open/${repair.id}?${intake(path, q)}`);
  };
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

// The intake form asks what kind of vehicle it is; what was typed goes where it belongs.
function intake(path: Path, q: string): string {
  const fields = new URLSearchParams({ "v.vehicle_kind": path });
  if (/^1\d{10}$/.test(q)) fields.set("v.customer_phone", q);
  else if (/^\p{Script=Han}{2,4}$/u.test(q)) fields.set("v.customer_name", q);
  else if (path === "unregistered" && q.length > 6) fields.set("v.frame_no", q.toUpperCase());
  return fields.toString();
}

/** Before anything is typed. */
export function Idle({ q, lostCard }: Props) {
  const { t, say } = useSpeech();
  const phone = usePhone();
  const { repair, others } = useOpenable();
  const free = others.filter((process) => process.subject !== "unit");
  return (
    <section className="card idle">
      <h1>{t("desk.idleTitle")}</h1>
      <p className="sub">{t(phone ? "desk.idlePhone" : "desk.idleText")}</p>
      {repair && (
        <>
          <h2>{t("desk.paths")}</h2>
          <PathCards q={q} lostCard={lostCard} />
        </>
      )}
      {free.length > 0 && (
        <>
          <h2>{t("desk.withoutUnit")}</h2>
          <div className="row">
            {free.map((process) => (
              <Link key={process.id} to={`/open/${process.id}`}>
                {say(process.title)}
              </Link>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

/** Nothing found: nobody is sent away. */
export function NotFoundPaths({ q, lostCard }: Props) {
  const { t } = useSpeech();
  return (
    <section className="card idle">
      <h1>{t("desk.noneTitle", { q })}</h1>
      <p className="sub">{t("desk.noneText")}</p>
      <PathCards q={q} lostCard={lostCard} />
    </section>
  );
}
