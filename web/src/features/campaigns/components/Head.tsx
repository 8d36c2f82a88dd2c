import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { Tag } from "@/shared/ui/Tag";
import { type CampaignDetail, percent } from "../api/queries";

/** What the campaign is about, and how far it has come in all. */
export function Head({ one }: { one: CampaignDetail }) {
  const { t, say } = useSpeech();
  const figures = [
    ["campaigns.rate", percent(one.rate_permille)],
    ["campaigns.done", one.done],
    ["campaigns.left", one.left],
    ["campaigns.listed", one.listed],
  ] as const;
  return (
    <section className="card">
      <p className="row">
        <Tag tone={one.hazard ? "bad" : "line"}>{say(one.kind_title)}</Tag>
        <Tag tone={one.closed_at ? "na" : "warn"}>{say(one.state.title)}</Tag>
        {one.in_scope ? <Link to={`/case/${one.id}`}>{one.number}</Link> : one.number}
        {one.until && <span className="muted">{t("campaigns.until", { day: one.until })}</span>}
      </p>
      <dl className="campaign-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!one.listed_all && one.state.id === "running" && (
        <p className="notice warn">{t("campaigns.listing")}</p>
      )}
      <dl className="campaign-about">
        <dt>{t("campaigns.why")}</dt>
        <dd>{one.why}</dd>
        <dt>{t("campaigns.action")}</dt>
        <dd>{one.action}</dd>
        <dt>{t("campaigns.ranges")}</dt>
        <dd>
          {one.ranges.map((range) => (
            <div key={`${range.low}${range.high}`}>
              {say(range.what)} {range.low}
              {range.high !== range.low && ` – ${range.high}`}
            </div>
          ))}
        </dd>
        <dt>{t("campaigns.lines")}</dt>
        <dd>
          {one.lines.map((line) => (
            <div key={line.id}>
              {line.title ?? line.item} × {(line.quantity ?? 0) / 1000} · {yuan(line.amount ?? 0)}
            </div>
          ))}
        </dd>
      </dl>
    </section>
  );
}
