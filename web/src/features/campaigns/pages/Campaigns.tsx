import { useInfiniteQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link, useNavigate } from "react-router";
import { type Speech, useSpeech } from "@/shared/i18n";
import { Choose } from "@/shared/list/Filters";
import { RegisterList } from "@/shared/list/RegisterList";
import type { ListColumn } from "@/shared/list/columns";
import { Tag } from "@/shared/ui/Tag";
import { useOpenable } from "@/shared/unit/OpenMenu";
import { useFilter } from "@/shared/useFilter";
import { type Campaign, campaignsQuery, percent } from "../api/queries";

const place = (row: Campaign) => `/campaign/${row.id}`;

const columnsOf = ({ t, say }: Speech): ListColumn<Campaign>[] => [
  {
    id: "title",
    name: "campaigns.name",
    fixed: true,
    cell: (row) => <Link to={place(row)}>{row.title}</Link>,
    card: (row) => row.title,
  },
  { id: "number", name: "campaigns.number", nowrap: true, cell: (row) => row.number },
  {
    id: "kind",
    name: "campaigns.kind",
    cell: (row) => <Tag tone={row.hazard ? "bad" : "line"}>{say(row.kind_title)}</Tag>,
  },
  { id: "state", name: "campaigns.state", cell: (row) => say(row.state.title) },
  {
    id: "rate",
    name: "campaigns.rate",
    num: true,
    cell: (row) => percent(row.rate_permille),
    card: (row) => `${t("campaigns.rate")} ${percent(row.rate_permille)}`,
  },
  {
    id: "left",
    name: "campaigns.left",
    num: true,
    cell: (row) => row.left,
    card: (row) => `${t("campaigns.left")} ${row.left}`,
  },
  {
    id: "listed",
    name: "campaigns.listed",
    num: true,
    cell: (row) => row.listed,
    card: (row) => `${t("campaigns.listed")} ${row.listed}`,
  },
  {
    id: "until",
    name: "campaigns.endsOn",
    nowrap: true,
    says: (row) => row.until !== null,
    cell: (row) => row.until ?? "–",
  },
];

/** Recalls and service campaigns (召回、服务活动) with how far they have come at my stations. */
export default function Campaigns() {
  const speech = useSpeech();
  const { t } = speech;
  const go = useNavigate();
  const { others } = useOpenable();
  const draft = others.find((process) => process.id === "campaign");
  const [filter, put] = useFilter(["open"] as const);
  const found = useInfiniteQuery(campaignsQuery(filter.open));
  const columns = columnsOf(speech);
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="page-head">
        <h1>{t("frame.campaigns")}</h1>
        {draft && (
          <span className="push">
            <Button type="primary" onClick={() => void go(`/open/${draft.id}`)}>
              {t("campaigns.draft")}
            </Button>
          </span>
        )}
      </div>
      <div className="list-filters">
        <Choose
          label={t("campaigns.which")}
          value={filter.open}
          options={[
            { value: "true", label: t("campaigns.open") },
            { value: "false", label: t("campaigns.ended") },
          ]}
          put={(next) => put("open", next)}
        />
      </div>
      <RegisterList
        found={found}
        columns={columns.filter((column) => !column.says || rows.some(column.says))}
        id={(row) => row.id}
        to={place}
        empty={{ title: t("campaigns.none"), text: t("campaigns.noneText") }}
      />
    </>
  );
}
