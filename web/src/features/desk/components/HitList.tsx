import type { KeyboardEvent } from "react";
import { Link } from "react-router";
import type { CaseRow, UnitHit } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";

interface Props {
  hits: UnitHit[];
  cases: CaseRow[];
  choose: (unit: string) => void;
}

/** What was found; arrow keys move, Enter opens. */
export function HitList({ hits, cases, choose }: Props) {
  const { t, say } = useSpeech();
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...document.querySelectorAll<HTMLElement>(".hit")];
    const next = all.indexOf(document.activeElement as HTMLElement) + step;
    if (next < 0) document.querySelector<HTMLInputElement>("input[data-search]")?.focus();
    else all[next]?.focus();
  };
  return (
    <section className="card hits" onKeyDown={move}>
      {cases.map((one) => (
        <Link key={one.id} to={`/case/${one.id}`} className="hit">
          <b>{one.number}</b>
          <span>{say(one.process_title)}</span>
          <span className="sub">{say(one.unit?.model_title)}</span>
          <span className="sub">{one.customer_masked}</span>
          <Tag tone={one.closed_at ? "na" : "warn"}>{say(one.state.title)}</Tag>
        </Link>
      ))}
      {hits.map((hit) => (
        <button key={hit.id} type="button" className="hit" onClick={() => choose(hit.id)}>
          <b>
            <Frame frame={hit.frame_no ?? hit.plate ?? ""} />
          </b>
          <span>{say(hit.model?.title)}</span>
          <span className="sub">
            {[hit.customer?.name_masked, hit.customer?.phone_masked].filter(Boolean).join(" ")}
          </span>
          <span className="muted">{hit.sold_on}</span>
          {hit.void_card && <Tag tone="bad">{t("desk.voidCard", { card: hit.void_card })}</Tag>}
          {hit.heeded?.map((one) => (
            <Tag key={one.number} tone="warn">
              {say(one.title)}
            </Tag>
          ))}
          {hit.campaigns?.map((one) => (
            <Tag key={one.case} tone={one.hazard ? "bad" : "warn"}>
              {t(one.kind === "recall" ? "campaigns.open_recall" : "campaigns.open_service")}
            </Tag>
          ))}
          <span className="muted small">
            {hit.matched &&
              !["frame", "last"].includes(hit.matched.by) &&
              t("desk.matched", { by: `${t(`desk.by_${hit.matched.by}`)} ${hit.matched.value}` })}
            {!hit.in_scope && hit.org?.name}
          </span>
        </button>
      ))}
    </section>
  );
}

function Frame({ frame }: { frame: string }) {
  return (
    <>
      <span className="muted">{frame.slice(0, -4)}</span>
      {frame.slice(-4)}
    </>
  );
}
