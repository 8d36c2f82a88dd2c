import type { Part } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ClauseRefs } from "@/shared/ui/ClauseRef";
import { Tag } from "@/shared/ui/Tag";
import { Link } from "react-router";
import { Fits } from "./Fits";

const pathOf = (code: string) => `/prices/${encodeURIComponent(code)}`;

function Marks({ part }: { part: Part }) {
  const { t } = useSpeech();
  return (
    <span className="row part-marks">
      <Tag tone="line">{t(`prices.${part.class}`)}</Tag>
      {part.tracked && <Tag>{t("prices.trackedNote")}</Tag>}
      {part.entered_at && <Tag tone="ok">{t("prices.own")}</Tag>}
    </span>
  );
}

function Substitutes({ part }: { part: Part }) {
  const { say } = useSpeech();
  if (part.substitutes.length === 0) return <span className="muted">–</span>;
  return (
    <span className="dots">
      {part.substitutes.map((other) => (
        <Link key={other.id} to={pathOf(other.id)} title={say(other.title)}>
          {other.id}
        </Link>
      ))}
    </span>
  );
}

/** The part master as a table. */
export function PartTable({ rows }: { rows: Part[] }) {
  const { t, say } = useSpeech();
  return (
    <div className="card scroll-x" style={{ padding: 0 }}>
      <table className="paper-table">
        <thead>
          <tr>
            <th>{t("prices.name")}</th>
            <th>{t("prices.component")}</th>
            <th>{t("prices.models")}</th>
            <th>{t("prices.partClass")}</th>
            <th>{t("prices.substitutes")}</th>
            <th className="num">{t("prices.reorder")}</th>
            <th>{t("prices.clause")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((part) => (
            <tr key={part.code}>
              <td>
                <Link to={pathOf(part.code)}>{say(part.title)}</Link>
                <div className="muted small">{part.code}</div>
              </td>
              <td>{say(part.component.title)}</td>
              <td>
                <Fits models={part.models} />
              </td>
              <td>
                <Marks part={part} />
              </td>
              <td>
                <Substitutes part={part} />
              </td>
              <td className="num">
                {part.reorder_point === null ? "–" : t("prices.pieces", { n: part.reorder_point })}
              </td>
              <td>
                <ClauseRefs clauses={part.clauses} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same as cards for the phone. */
export function PartCards({ rows }: { rows: Part[] }) {
  const { t, say } = useSpeech();
  return (
    <div className="stack" style={{ gap: 10 }}>
      {rows.map((part) => (
        <div key={part.code} className="card price-card">
          <Link to={pathOf(part.code)}>
            <b>{say(part.title)}</b>
          </Link>
          <div className="muted small">
            {part.code} · {say(part.component.title)}
          </div>
          <Marks part={part} />
          <dl className="pairs small">
            <dt>{t("prices.models")}</dt>
            <dd>
              <Fits models={part.models} />
            </dd>
            {part.substitutes.length > 0 && (
              <>
                <dt>{t("prices.substitutes")}</dt>
                <dd>
                  <Substitutes part={part} />
                </dd>
              </>
            )}
            {part.reorder_point !== null && (
              <>
                <dt>{t("prices.reorder")}</dt>
                <dd>{t("prices.pieces", { n: part.reorder_point })}</dd>
              </>
            )}
          </dl>
        </div>
      ))}
    </div>
  );
}
