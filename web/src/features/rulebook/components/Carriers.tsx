import { Link } from "react-router";
import type { RulebookClause } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { Tag, type Tone } from "@/shared/ui/Tag";

type Carrier = RulebookClause["carriers"][number];

const tone: Record<RulebookClause["status"], Tone> = {
  enforced: "ok",
  people: "na",
  uncovered: "warn",
};

/** One clause: its words, what it asks, and each item of the rulebook that cites it. */
export function Carriers({ clause }: { clause: RulebookClause }) {
  const { t, say, lang } = useSpeech();
  return (
    <section className="card carriers">
      <div className="card-head">
        <h2>{clause.id}</h2>
        <Tag tone={tone[clause.status]}>{t(`rulebook.${clause.status}`)}</Tag>
      </div>
      <blockquote lang="zh-CN">{clause.zh}</blockquote>
      {lang === "en" && (
        <>
          <h3>{t("rulebook.asks")}</h3>
          <p>{clause.en}</p>
        </>
      )}
      {clause.people && (
        <>
          <h3>{t("rulebook.peopleWhy")}</h3>
          <p>{say(clause.people)}</p>
        </>
      )}
      <h3>
        {t("rulebook.carriers")} <span className="muted">{clause.carriers.length}</span>
      </h3>
      {clause.carriers.length === 0 && <p className="muted">{t("rulebook.noCarrier")}</p>}
      <ul>
        {clause.carriers.map((carrier) => (
          <CarrierLine key={carrier.kind + carrier.path} carrier={carrier} />
        ))}
      </ul>
    </section>
  );
}

const inProcess = new Set(["process", "state", "heed", "action", "require", "deadline"]);
const inTable = new Set(["table-row", "term-row"]);

function CarrierLine({ carrier }: { carrier: Carrier }) {
  const { t, say } = useSpeech();
  const [first = "", second = ""] = carrier.path.split("/");
  const key = `rulebook.kind_${carrier.kind.replaceAll("-", "_")}` as Key;
  const word = t(key);
  const kind = word === key ? t("rulebook.kind_other") : word;
  const name = carrier.name.map((each) => say(each)).join(" / ");
  const to = inProcess.has(carrier.kind)
    ? `?tab=processes&process=${first}${second ? `&act=${second}` : ""}`
    : inTable.has(carrier.kind)
      ? `?tab=tables&table=${first}&row=${second}`
      : null;
  return (
    <li>
      <Tag>{kind}</Tag> {to ? <Link to={to}>{name}</Link> : name}
      <span className="muted small" title={carrier.path}>
        {carrier.at}
      </span>
    </li>
  );
}
