import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { sweepDrafts } from "@/shared/form/drafts";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { useOrderKey } from "@/shared/unit/useOrderKey";
import { useScanner } from "@/shared/useScanner";
import { casesFoundQuery, searchable, unitsQuery } from "../api/queries";
import { FoundVehicle } from "../components/FoundVehicle";
import { HitList } from "../components/HitList";
import { Idle, NotFoundPaths } from "../components/Paths";
import { SearchBox } from "../components/SearchBox";
import { useDebounced } from "@/shared/useDebounced";
import "./desk.css";

/** The desk (接待): one search box, coverage at a glance, a work order in under a minute. */
export default function Desk() {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const asked = search.get("q") ?? "";
  const chosen = search.get("unit");
  const lostCard = search.has("lost");
  const [text, setText] = useState(asked);
  const [seen, setSeen] = useState(asked);
  if (seen !== asked) {
    setSeen(asked);
    setText(asked);
  }
  const q = useDebounced(text.trim());
  const units = useQuery(unitsQuery(q));
  const cases = useQuery(casesFoundQuery(q));
  useEffect(sweepDrafts, []);
  const lost = lostCard ? { lost: "1" } : {};
  const find = (next: string) => {
    setText(next);
    setSearch({ ...(next ? { q: next } : {}), ...lost }, { replace: true });
  };
  useScanner((code) => {
    const own = document.activeElement?.matches("input[data-search]") ?? false;
    find(code);
    return !own;
  });
  const hits = searchable(q) ? (units.data?.items ?? []) : [];
  const found = searchable(q) ? (cases.data ?? []) : [];
  const only = hits.length === 1 && found.length === 0 ? hits[0]?.id : null;
  const open = chosen ?? only ?? null;

  useOrderKey(open);

  const choose = (unit: string) => setSearch({ ...(q ? { q } : {}), ...lost, unit });
  const withoutCard = () => {
    setSearch({ lost: "1" });
    document.querySelector<HTMLInputElement>("input[data-search]")?.focus();
  };
  const asking = units.isFetching || cases.isFetching;
  const settled = searchable(q) && q === text.trim() && !asking;
  return (
    <div className="stack">
      <SearchBox
        text={text}
        change={find}
        count={settled && !units.isError ? hits.length + found.length : null}
        by={hits[0]?.matched?.by ?? null}
        enter={() => hits[0] && choose(hits[0].id)}
      />
      {lostCard && (
        <div className="notice warn">
          <b>{t("desk.lostCard")}</b> {t("desk.lostCardHow")}
        </div>
      )}
      {open ? (
        <FoundVehicle id={open} back={hits.length > 1 ? () => find(q) : null} />
      ) : units.isError && searchable(q) ? (
        <Failed error={units.error} retry={() => void units.refetch()} />
      ) : !searchable(q) ? (
        <Idle q={text.trim()} lostCard={withoutCard} />
      ) : hits.length + found.length > 0 ? (
        <HitList hits={hits} cases={found} choose={choose} />
      ) : settled ? (
        <NotFoundPaths q={text.trim()} lostCard={withoutCard} />
      ) : (
        <div className="card">
          <Loading />
        </div>
      )}
    </div>
  );
}
