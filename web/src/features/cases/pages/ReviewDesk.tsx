import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { caseQuery, casesQuery } from "../api/queries";
import { ActionPanel } from "../components/ActionPanel";
import { Evidence } from "../components/Evidence";
import { Queue } from "../components/Queue";
import { CLAIM, hitsOf, reviewOf, twins } from "../components/reviewing";
import "./cases.css";
import "./review.css";

const WAITING = {
  area: "claims",
  q: "",
  process: CLAIM.process,
  state: CLAIM.state,
  open: true,
  mine: false,
  station: "",
};

/** The maker's review desk (审核台): the queue, one claim at a time, its evidence side by side. */
export default function ReviewDesk() {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const waiting = useInfiniteQuery(casesQuery(WAITING, null));
  const rows = waiting.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = search.get("claim") ?? rows[0]?.id ?? null;
  const choose = (id: string | null) => setSearch(id ? { claim: id } : {}, { replace: true });
  const next = () => {
    const place = rows.findIndex((row) => row.id === chosen);
    choose((rows[place + 1] ?? rows[place - 1])?.id ?? null);
  };
  return (
    <>
      <div className="page-head">
        <h1>{t("frame.review")}</h1>
        {waiting.data && <span className="muted">{t("review.waiting", { n: rows.length })}</span>}
        <Link className="push" to="/cases/claims">
          {t("frame.claims")}
        </Link>
      </div>
      {waiting.isPending && <Loading lines={8} />}
      {waiting.isError && (
        <Failed error={waiting.error} retry={() => void waiting.refetch()} />
      )}
      {waiting.data && rows.length === 0 && (
        <Blank title={t("review.none")} text={t("review.noneText")} />
      )}
      {rows.length > 0 && (
        <div className="review">
          <div className="stack">
            <Queue rows={rows} chosen={chosen} choose={choose} />
            {waiting.hasNextPage && (
              <button
                type="button"
                className="link"
                onClick={() => void waiting.fetchNextPage()}
              >
                {t("words.loadMore")}
              </button>
            )}
          </div>
          {chosen && <One key={chosen} id={chosen} next={next} />}
        </div>
      )}
    </>
  );
}

function One({ id, next }: { id: string; next: () => void }) {
  const found = useQuery(caseQuery(id));
  if (found.isPending) return <Loading lines={8} />;
  if (found.isError && !found.data) {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  return <Claim one={found.data} next={next} />;
}

function Claim({ one, next }: { one: Case; next: () => void }) {
  const { t, say } = useSpeech();
  const action = reviewOf(one);
  const others = hitsOf(one).filter((hit) => hit.case);
  const [shown, setShown] = useState(0);
  const other = others[shown];
  const check = one.labels["hits"]?.columns?.find((column) => column.id === "check");
  const word = (key: string) =>
    say(check?.choices?.find((known) => known.id === key)?.title) || key;
  const marked = twins(hitsOf(one), t("review.same"));
  return (
    <div className="stack">
      <p className="review-head">
        <Link to={`/case/${one.id}`}>
          <b>{one.number}</b>
        </Link>
        {one.org && <span>{one.org.name}</span>}
        {one.unit && <Link to={`/unit/${one.unit.id}`}>{one.unit.frame_no}</Link>}
        {hitsOf(one).map((hit, place) => (
          <Tag key={place} tone="bad">
            {word(hit.check)}
          </Tag>
        ))}
      </p>
      {action ? (
        <ActionPanel one={one} action={action} done={next} />
      ) : (
        <p className="card muted">{t("review.notYours")}</p>
      )}
      <div className={other ? "review-sides two" : "review-sides"}>
        {one.parent && (
          <Evidence
            whole
            marked={marked}
            id={one.parent.id}
            title={t("review.own", { number: one.parent.number })}
          />
        )}
        {other?.case && (
          <div className="stack">
            {others.length > 1 && (
              <div className="row" role="group" aria-label={t("review.others")}>
                {others.map((hit, place) => (
                  <button
                    key={place}
                    type="button"
                    className="link"
                    aria-pressed={place === shown}
                    onClick={() => setShown(place)}
                  >
                    {word(hit.check)} {hit.number}
                  </button>
                ))}
              </div>
            )}
            <Evidence
              whole
              marked={marked}
              id={other.case}
              title={t("review.other", { check: word(other.check), number: other.number ?? "" })}
            />
          </div>
        )}
      </div>
    </div>
  );
}
