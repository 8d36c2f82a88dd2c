import { Link } from "react-router";
import type { Unit } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";

type Case = { id: string; number: string } | null;

/** Who owned the vehicle before, which cards are void, which parts were taken out. */
export function Past({ unit }: { unit: Unit }) {
  const { t, say } = useSpeech();
  const { owners, cards, replaced } = unit;
  if (owners.length + cards.length + replaced.length === 0) return null;
  const span = (from: string | null, through: string) =>
    t("unit.span", { from: from ?? "…", through });
  return (
    <section className="card">
      <h2>{t("unit.past")}</h2>
      {owners.length > 0 && <h3>{t("unit.pastOwners")}</h3>}
      {owners.map((owner) => (
        <div key={`${owner.through} ${owner.case?.id}`} className="history-row">
          <span>{owner.name_masked ?? t("unit.nobody")}</span>
          <span className="muted">{owner.phone_masked}</span>
          <span className="sub">{span(owner.from, owner.through)}</span>
          <By of={owner.case} />
        </div>
      ))}
      {cards.length > 0 && <h3>{t("unit.pastCards")}</h3>}
      {cards.map((card) => (
        <div key={card.card_no} className="history-row">
          <span className="mono">{card.card_no}</span>
          <Tag tone="bad">{t("unit.cardVoid")}</Tag>
          <span className="sub">
            {t(`unit.card_${card.why}`)} {card.ended_on}
          </span>
          <By of={card.case} />
        </div>
      ))}
      {replaced.length > 0 && <h3>{t("unit.pastParts")}</h3>}
      {replaced.map((part) => (
        <div key={`${part.component} ${part.serial} ${part.through}`} className="history-row">
          <span>{say(part.title)}</span>
          <span className="mono">{part.serial ?? "–"}</span>
          <span className="sub">{span(part.from, part.through)}</span>
          <By of={part.case} />
        </div>
      ))}
    </section>
  );
}

function By({ of }: { of: Case }) {
  return of && <Link to={`/case/${of.id}`}>{of.number}</Link>;
}
