import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { likelyQuery } from "../api/queries";
import { useAlike } from "./useAlike";

/** Files that are likely the same person: a hint to everybody, a way on for the office. */
export function Likely({ id, office }: { id: string; office: boolean }) {
  const { t } = useSpeech();
  const alike = useAlike();
  const found = useQuery(likelyQuery(id));
  const pairs = found.data?.items ?? [];
  if (pairs.length === 0) return null;
  return (
    <section className="card notice warn stack" aria-label={t("customers.likely")}>
      <b>{t("customers.likely")}</b>
      {pairs.map(({ other, alike: by }) => (
        <div key={other.id} className="row">
          <Link to={`/customer/${other.id}`}>
            {[other.name_masked, other.phone_masked].filter(Boolean).join(" · ") ||
              t("customers.nameless")}
          </Link>
          <span className="muted small">{alike(by)}</span>
          {office && (
            <Link className="push" to={`/customer/${id}/merge/${other.id}`}>
              {t("customers.compare")}
            </Link>
          )}
        </div>
      ))}
      {!office && <p className="muted small">{t("customers.likelyText")}</p>}
    </section>
  );
}
