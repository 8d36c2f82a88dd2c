import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy } from "react";
import { useSearchParams } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { Failed, Loading } from "@/shared/ui/States";
import { rulebookQuery } from "../api/queries";
import { Clauses } from "../components/Clauses";
import "./rulebook.css";

const Tables = lazy(() => import("../components/Tables"));
const Processes = lazy(() => import("../components/Processes"));
const Rights = lazy(() => import("../components/Rights"));
const Schedules = lazy(() => import("../components/Schedules"));
const Modes = lazy(() => import("../components/Modes"));
const Releases = lazy(() => import("../components/Releases"));

const tabs = [
  "clauses",
  "rights",
  "tables",
  "processes",
  "schedules",
  "modes",
  "releases",
] as const;
type Tab = (typeof tabs)[number];

/** The standard as it runs: its own words, tables, processes, and how it changed. */
export default function Rulebook() {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const tab = tabs.find((each) => each === search.get("tab")) ?? "clauses";
  const rulebook = useQuery(rulebookQuery);
  if (rulebook.isPending) return <Loading lines={9} />;
  if (rulebook.isError) {
    return <Failed error={rulebook.error} retry={() => void rulebook.refetch()} />;
  }
  const { release, effective } = rulebook.data;
  return (
    <>
      <div className="page-head">
        <h1>{t("rulebook.title")}</h1>
        <Pick<Tab>
          label={t("rulebook.title")}
          options={tabs.map((each) => ({ value: each, label: t(`rulebook.${each}`) }))}
          value={tab}
          set={(next) => setSearch(next ? { tab: next } : {})}
        />
        <span className="push muted small release">
          {release.packs.map((pack) => `${say(pack.title)} ${pack.version}`).join(" · ")}
          {effective && ` · ${t("rulebook.inForce", { day: effective })}`}
          {` · ${release.short}`}
        </span>
      </div>
      <Suspense fallback={<Loading lines={8} />}>
        {tab === "clauses" && <Clauses coverage={rulebook.data.coverage} />}
        {tab === "rights" && <Rights />}
        {tab === "tables" && <Tables />}
        {tab === "processes" && <Processes processes={rulebook.data.processes} />}
        {tab === "schedules" && <Schedules />}
        {tab === "modes" && <Modes />}
        {tab === "releases" && <Releases />}
      </Suspense>
    </>
  );
}
