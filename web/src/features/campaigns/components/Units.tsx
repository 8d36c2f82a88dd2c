import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { type Key, type Speech, useSpeech } from "@/shared/i18n";
import { Choose } from "@/shared/list/Filters";
import { ListBar } from "@/shared/list/ListBar";
import { RegisterList } from "@/shared/list/RegisterList";
import { type ListColumn, shownColumns } from "@/shared/list/columns";
import { outColumns } from "@/shared/list/outColumns";
import { useListSetting } from "@/shared/list/settings";
import { ExportButton } from "@/shared/ui/ExportButton";
import { usePhone } from "@/shared/ui/usePhone";
import { type CampaignUnit, unitsQuery } from "../api/queries";

const states = ["told", "held", "done", "not_affected", "lapsed"] as const;
const notices: Record<string, Key> = {
  waiting: "campaigns.notice_waiting",
  asking: "campaigns.notice_waiting",
  sent: "campaigns.notice_sent",
  dead: "campaigns.notice_failed",
};
const inWords = (t: Speech["t"]) =>
  Object.fromEntries(Object.entries(notices).map(([state, name]) => [state, t(name)]));
const place = (row: CampaignUnit) => (row.unit ? `/unit/${row.unit.id}` : `/case/${row.id}`);

const columnsOf = ({ t, say }: Speech): ListColumn<CampaignUnit>[] => [
  {
    id: "frame",
    name: "campaigns.frame",
    out: [["unit.frame_no", "campaigns.frame"]],
    fixed: true,
    nowrap: true,
    cell: (row) => <Link to={place(row)}>{row.unit?.frame_no}</Link>,
    card: (row) => row.unit?.frame_no,
  },
  {
    id: "model",
    name: "campaigns.model",
    out: [["unit.model_title", "campaigns.model"]],
    cell: (row) => say(row.unit?.model_title),
  },
  {
    id: "org",
    name: "campaigns.outlet",
    out: [["org", "campaigns.outlet"]],
    cell: (row) => row.org.name,
  },
  {
    id: "state",
    name: "campaigns.stand",
    out: [["state", "campaigns.stand"]],
    cell: (row) => say(row.state.title),
  },
  {
    id: "owner",
    name: "campaigns.owner",
    out: [["customer_masked", "campaigns.owner"]],
    cell: (row) => row.customer_masked ?? "–",
  },
  {
    id: "notice",
    name: "campaigns.notice",
    out: [["notice", "campaigns.notice"]],
    cell: (row) => {
      if (!row.notice) return row.state.id === "told" ? t("campaigns.notice_none") : "–";
      return t(notices[row.notice] ?? "campaigns.notice_other");
    },
  },
  {
    id: "unreached",
    name: "campaigns.unreached",
    out: [["unreached", "campaigns.unreached"]],
    says: (row) => row.unreached !== null,
    cell: (row) => (row.unreached ? say(row.unreached) : "–"),
  },
  {
    id: "job",
    name: "campaigns.job",
    out: [["job", "campaigns.job"]],
    nowrap: true,
    says: (row) => row.job !== null,
    cell: (row) => (row.job ? <Link to={`/case/${row.job.id}`}>{row.job.number}</Link> : "–"),
    card: (row) => row.job?.number,
  },
];

interface Props {
  id: string;
  filter: { state: string; org: string; model: string };
  put: (name: "state", value: string | null) => void;
}

/** The vehicles of a campaign at my stations: who was told, who was not reached, what is done. */
export function Units({ id, filter, put }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const phone = usePhone();
  const found = useInfiniteQuery(unitsQuery(id, filter));
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const setting = useListSetting("campaign_units");
  const columns = columnsOf(speech);
  const shown = shownColumns(columns, setting.columns, rows);
  return (
    <section>
      <div className="page-head">
        <h2>{t("campaigns.vehicles")}</h2>
        <span className="push row">
          {rows.length > 0 && !phone && (
            <ExportButton
              list="campaign_units"
              filter={{ ...filter, campaign: id }}
              columns={outColumns(shown, t).map((column) =>
                column.key === "notice" ? { ...column, words: inWords(t) } : column,
              )}
            />
          )}
        </span>
      </div>
      <div className="list-filters">
        <Choose
          label={t("campaigns.stand")}
          value={filter.state}
          options={states.map((state) => ({ value: state, label: t(`campaigns.state_${state}`) }))}
          put={(next) => put("state", next)}
        />
      </div>
      <ListBar list="campaign_units" {...(!phone && { columns })} />
      <RegisterList
        found={found}
        columns={shown}
        id={(row) => row.id}
        to={place}
        empty={{ title: t("campaigns.noUnits"), text: t("campaigns.noUnitsText") }}
      />
    </section>
  );
}
