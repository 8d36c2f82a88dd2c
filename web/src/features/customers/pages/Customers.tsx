import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { type Speech, useSpeech } from "@/shared/i18n";
import { ChooseOrg, Find } from "@/shared/list/Filters";
import { ListBar } from "@/shared/list/ListBar";
import { RegisterList } from "@/shared/list/RegisterList";
import { type ListColumn, shownColumns } from "@/shared/list/columns";
import { outColumns } from "@/shared/list/outColumns";
import { useListSetting } from "@/shared/list/settings";
import { ExportButton } from "@/shared/ui/ExportButton";
import { usePhone } from "@/shared/ui/usePhone";
import { useFilter } from "@/shared/useFilter";
import { type CustomerRow, customersQuery } from "../api/queries";

const place = (row: CustomerRow) => `/customer/${row.id}`;

const columnsOf = ({ t, say }: Speech): ListColumn<CustomerRow>[] => [
  {
    id: "name",
    name: "registers.name",
    out: [["name_masked", "registers.name"]],
    fixed: true,
    cell: (row) => <Link to={place(row)}>{row.name_masked ?? t("customers.nameless")}</Link>,
    card: (row) => row.name_masked ?? t("customers.nameless"),
  },
  {
    id: "phone",
    name: "registers.phone",
    out: [["phone_masked", "registers.phone"]],
    nowrap: true,
    cell: (row) => row.phone_masked ?? "–",
  },
  {
    id: "address",
    name: "registers.address",
    out: [["address_masked", "registers.address"]],
    says: (row) => row.address_masked !== null,
    cell: (row) => row.address_masked ?? "–",
  },
  {
    id: "org",
    name: "registers.takenBy",
    out: [["org", "registers.takenBy"]],
    cell: (row) => row.org ?? "–",
  },
  {
    id: "tags",
    name: "customers.tags",
    out: [["tags", "customers.tags"]],
    says: (row) => row.tags.length > 0,
    cell: (row) => row.tags.map(say).join(" · ") || "–",
  },
  {
    id: "heeded",
    name: "customers.heeded",
    says: (row) => row.heeded.length > 0,
    cell: (row) => row.heeded.map((one) => say(one.title)).join(" · ") || "–",
  },
  {
    id: "consent",
    name: "customers.mayCall",
    out: [["consent", "customers.mayCall"]],
    extra: true,
    cell: (row) => t(row.consent ? "words.yes" : "words.no"),
  },
];

/** The register of customers (客户台账): whom my stations took down, masked, the newest first. */
export default function Customers() {
  const speech = useSpeech();
  const { t } = speech;
  const phone = usePhone();
  const [filter, put] = useFilter(["q", "org"] as const);
  const found = useInfiniteQuery(customersQuery(filter));
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const setting = useListSetting("customers");
  const columns = columnsOf(speech);
  const shown = shownColumns(columns, setting.columns, rows);
  return (
    <>
      <div className="page-head">
        <h1>{t("frame.customers")}</h1>
        <span className="push row">
          {rows.length > 0 && !phone && (
            <ExportButton list="customers" filter={filter} columns={outColumns(shown, t)} />
          )}
        </span>
      </div>
      <div className="list-filters">
        <Find
          label={t("registers.findCustomer")}
          value={filter.q}
          put={(next) => put("q", next)}
        />
        <ChooseOrg
          label={t("registers.takenBy")}
          value={filter.org}
          put={(next) => put("org", next)}
        />
      </div>
      <ListBar list="customers" {...(!phone && { columns })} />
      <RegisterList
        found={found}
        columns={shown}
        id={(row) => row.id}
        to={place}
        empty={{ title: t("registers.noCustomer"), text: t("registers.noCustomerText") }}
      />
    </>
  );
}
