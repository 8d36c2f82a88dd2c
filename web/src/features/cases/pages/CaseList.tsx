import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearchParams } from "react-router";
import { meQuery } from "@/api/queries/session";
import { offersQuery, processesQuery } from "@/api/queries/shared";
import { type Key, useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Choose, ChooseOrg, Find } from "@/shared/list/Filters";
import { ListBar } from "@/shared/list/ListBar";
import { ListPages } from "@/shared/list/ListPages";
import { RowTable } from "@/shared/list/RowTable";
import { shownColumns } from "@/shared/list/columns";
import { outColumns } from "@/shared/list/outColumns";
import { useListSetting } from "@/shared/list/settings";
import { useTicks } from "@/shared/list/useTicks";
import { OpenActs } from "@/shared/ui/OpenActs";
import { Pick } from "@/shared/ui/Pick";
import { usePhone } from "@/shared/ui/usePhone";
import { type CaseFilter, casesAsked, casesQuery } from "../api/queries";
import { BatchActs } from "../components/BatchActs";
import { CLAIM } from "../components/reviewing";
import { CaseCards, useCaseColumns } from "../components/CaseRows";
import { Tick } from "@/shared/list/Tick";
import "./cases.css";

const titles: Record<string, Key> = {
  repair: "frame.repair",
  visit: "frame.visit",
  followup: "frame.followup",
  inquiry: "frame.inquiry",
  shift: "frame.shift",
  stock: "frame.stockPapers",
  training: "frame.training",
  registration: "frame.registration",
  certificate: "frame.certificateCases",
  assessment: "frame.assessment",
  warranty: "frame.warranty",
  cashier: "frame.bills",
  safety: "frame.safety",
  quality: "frame.quality",
  parts: "frame.partsPapers",
  claims: "frame.claims",
};

/** The cases of one area, a query form on top; the address keeps the query. */
export default function CaseList() {
  const { t, say } = useSpeech();
  const phone = usePhone();
  const { pathname } = useLocation();
  const [search, setSearch] = useSearchParams();
  const area = pathname.split("/").pop() ?? "repair";
  const filter: CaseFilter = {
    area,
    q: search.get("q") ?? "",
    process: search.get("process") ?? "",
    state: search.get("state") ?? "",
    open: search.get("all") === null,
    mine: search.get("mine") !== null,
    station: search.get("station") ?? "",
  };
  const { data: me } = useQuery(meQuery);
  const cases = useInfiniteQuery(casesQuery(filter, me?.person.id ?? null));
  const { data: processes } = useQuery(processesQuery);
  const here = processes?.items.filter((process) => process.area === area) ?? [];
  const openable = here.filter((process) => process.can_open);
  const put = (name: string, value: string | null) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  const rows = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const asked = [...search.keys()].length > 0;
  const columns = useCaseColumns();
  const setting = useListSetting(`cases/${area}`);
  const shown = shownColumns(columns, setting.columns, rows);
  const ticks = useTicks(rows.map((row) => row.id));
  const total = cases.data?.pages[0]?.total;
  const empty = {
    title: t(asked ? "cases.noRows" : "cases.noneOpen"),
    text: t(asked ? "cases.noRowsText" : "cases.noneOpenText"),
    children: (
      <>
        {!asked && (
          <button type="button" className="link" onClick={() => put("all", "1")}>
            {t("cases.showClosed")}
          </button>
        )}
        <Link to="/desk">{t("cases.toDesk")}</Link>
      </>
    ),
  };
  return (
    <>
      <div className="page-head">
        <h1>{t(titles[area] ?? "frame.repair")}</h1>
        {typeof total === "number" && (
          <span className="muted">{t("words.total", { n: total })}</span>
        )}
        <span className="push row">
          {rows.length > 0 && !phone && (
            <ExportButton
              list="cases"
              filter={casesAsked(filter, me?.person.id ?? null)}
              columns={outColumns(shown, t)}
            />
          )}
          {area === "claims" && <ToReview />}
          <OpenActs processes={openable} />
        </span>
      </div>
      <div className="list-filters">
        <Find
          key={area}
          label={t("cases.searchHint")}
          value={filter.q}
          put={(next) => put("q", next)}
        />
        {here.length > 1 && (
          <Choose
            label={t("cases.process")}
            width={180}
            value={filter.process}
            options={here.map((process) => ({ value: process.id, label: say(process.title) }))}
            put={(next) => put("process", next)}
          />
        )}
        <Pick
          label={t("cases.state")}
          options={[
            { value: "open", label: t("cases.onlyOpen") },
            { value: "all", label: t("cases.everything") },
          ]}
          value={filter.open ? "open" : "all"}
          set={(next) => put("all", next === "all" ? "1" : null)}
        />
        <Pick
          label={t("cases.whose")}
          options={[{ value: "mine", label: t("cases.mine") }]}
          value={filter.mine ? "mine" : null}
          set={(next) => put("mine", next ? "1" : null)}
        />
        <ChooseOrg
          label={t("cases.station")}
          value={filter.station}
          put={(next) => put("station", next)}
        />
      </div>
      <ListBar list={`cases/${area}`} {...(!phone && { columns })} />
      <ListPages found={cases} empty={empty}>
        {() =>
          phone ? (
            <CaseCards rows={rows} />
          ) : (
            <>
              <BatchActs rows={rows.filter((row) => ticks.on(row.id))} clear={ticks.clear} />
              <RowTable
                columns={shown}
                rows={rows}
                id={(row) => row.id}
                to={(row) => `/case/${row.id}`}
                before={{
                  head: <Tick label={t("list.tickAll")} on={ticks.all} set={ticks.setAll} />,
                  cell: (row) => (
                    <Tick
                      label={t("list.tick", { name: row.number })}
                      on={ticks.on(row.id)}
                      set={(on) => ticks.set(row.id, on)}
                    />
                  ),
                }}
              />
            </>
          )
        }
      </ListPages>
    </>
  );
}

/** The way to the review desk, for whoever has a claim to review. */
function ToReview() {
  const { t } = useSpeech();
  const { data: offers } = useQuery(offersQuery);
  if (!offers?.items.some((offer) => offer.action === CLAIM.act)) return null;
  return (
    <Link className="ant-btn-like" to="/review">
      {t("review.toDesk")}
    </Link>
  );
}
