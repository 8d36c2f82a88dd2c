import { useInfiniteQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import { Link } from "react-router";
import type { UnitHit } from "@/api/types";
import { type Speech, useSpeech } from "@/shared/i18n";
import { ChooseModel, ChooseOrg, Find } from "@/shared/list/Filters";
import { ListBar } from "@/shared/list/ListBar";
import { RegisterList } from "@/shared/list/RegisterList";
import { type ListColumn, shownColumns } from "@/shared/list/columns";
import { outColumns } from "@/shared/list/outColumns";
import { useListSetting } from "@/shared/list/settings";
import { ExportButton } from "@/shared/ui/ExportButton";
import { usePhone } from "@/shared/ui/usePhone";
import { useFilter } from "@/shared/useFilter";
import { registerQuery } from "../api/queries";

const place = (row: UnitHit) => `/unit/${row.id}`;
const frame = (row: UnitHit) => row.frame_no ?? row.plate ?? "–";

const columnsOf = (say: Speech["say"]): ListColumn<UnitHit>[] => [
  {
    id: "frame",
    name: "registers.frame",
    out: [["frame_no", "registers.frame"]],
    fixed: true,
    cell: (row) => <Link to={place(row)}>{frame(row)}</Link>,
    card: frame,
  },
  {
    id: "model",
    name: "registers.model",
    out: [["model", "registers.model"]],
    cell: (row) => say(row.model.title),
  },
  {
    id: "owner",
    name: "registers.owner",
    out: [["customer.name_masked", "registers.owner"]],
    cell: (row) => row.customer?.name_masked ?? "–",
  },
  {
    id: "phone",
    name: "registers.phone",
    out: [["customer.phone_masked", "registers.phone"]],
    nowrap: true,
    cell: (row) => row.customer?.phone_masked ?? "–",
  },
  {
    id: "sold",
    name: "registers.sold",
    out: [["sold_on", "registers.sold"]],
    nowrap: true,
    cell: (row) => row.sold_on ?? "–",
  },
  {
    id: "org",
    name: "registers.org",
    out: [["org", "registers.org"]],
    cell: (row) => row.org?.name ?? "–",
  },
  {
    id: "plate",
    name: "registers.plate",
    out: [["plate", "registers.plate"]],
    nowrap: true,
    says: (row) => row.plate !== null,
    cell: (row) => row.plate ?? "–",
  },
  {
    id: "card",
    name: "registers.card",
    out: [["card_no", "registers.card"]],
    nowrap: true,
    extra: true,
    cell: (row) => row.card_no ?? "–",
  },
];

/** The register of vehicles (车辆台账): what my stations sold or took down, the newest first. */
export default function Vehicles() {
  const { t, say } = useSpeech();
  const phone = usePhone();
  const [filter, put] = useFilter(["q", "model", "org", "from", "to"] as const);
  const found = useInfiniteQuery(registerQuery(filter));
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const setting = useListSetting("vehicles");
  const columns = columnsOf(say);
  const shown = shownColumns(columns, setting.columns, rows);
  return (
    <>
      <div className="page-head">
        <h1>{t("frame.vehicles")}</h1>
        <span className="push row">
          {rows.length > 0 && !phone && (
            <ExportButton list="units" filter={filter} columns={outColumns(shown, t)} />
          )}
        </span>
      </div>
      <div className="list-filters">
        <Find
          label={t("registers.findUnit")}
          value={filter.q}
          put={(next) => put("q", next)}
        />
        <ChooseModel
          label={t("registers.model")}
          value={filter.model}
          put={(next) => put("model", next)}
        />
        <ChooseOrg
          label={t("registers.org")}
          value={filter.org}
          put={(next) => put("org", next)}
        />
        {(["from", "to"] as const).map((end) => (
          <label key={end} className="row small muted">
            {t(`registers.${end}`)}
            <Input
              type="date"
              style={{ width: 150 }}
              value={filter[end]}
              onChange={(event) => put(end, event.target.value || null)}
            />
          </label>
        ))}
      </div>
      <ListBar list="vehicles" {...(!phone && { columns })} />
      <RegisterList
        found={found}
        columns={shown}
        id={(row) => row.id}
        to={place}
        empty={{ title: t("registers.noUnit"), text: t("registers.noUnitText") }}
      />
    </>
  );
}
