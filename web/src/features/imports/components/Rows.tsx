import { useInfiniteQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import type { ImportRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { usePhone } from "@/shared/ui/usePhone";
import { type RowVerdict, importRowsQuery } from "../api/queries";

const tone: Record<RowVerdict, Tone> = { accept: "ok", reject: "bad", skip: "na" };
const vehicles = ["frame_no", "model", "name", "phone", "sold_on", "outlet"] as const;
const prices = [
  "code",
  "stars",
  "ex_factory",
  "wholesale",
  "retail",
  "effective_from",
  "clause",
] as const;
const parts = ["code", "title_zh", "component", "models", "class", "tracked"] as const;

const opening = ["warehouse", "code", "serials", "quantity", "fault"] as const;

const customers = ["name", "phone", "address", "consent", "outlet_code"] as const;

const people = ["login", "name", "org", "roles"] as const;

const columnsOf = (kind: string) => {
  if (kind === "parts") return parts;
  if (kind === "prices") return prices;
  if (kind === "customers") return customers;
  if (kind === "people") return people;
  return kind === "opening_stock" ? opening : vehicles;
};

interface Props {
  id: string;
  kind: string;
  verdict: RowVerdict | null;
}

/** The rows of the sheet by their own numbers, each with its verdict and why. */
export function Rows({ id, kind, verdict }: Props) {
  const { t } = useSpeech();
  const phone = usePhone();
  const columns = columnsOf(kind);
  const rows = useInfiniteQuery(importRowsQuery(id, verdict));
  if (rows.isPending) {
    return (
      <div className="card">
        <Loading lines={8} />
      </div>
    );
  }
  if (rows.isError) return <Failed error={rows.error} retry={() => void rows.refetch()} />;
  const items = rows.data.pages.flatMap((page) => page.items);
  return (
    <section className="card scroll-x import-rows">
      {items.length === 0 && <p className="muted import-none">{t("imports.noRows")}</p>}
      {phone && items.map((row) => <RowCard key={row.row} row={row} columns={columns} />)}
      {items.length > 0 && !phone && (
        <table className="paper-table">
          <thead>
            <tr>
              <th className="num">{t("imports.row")}</th>
              <th>{t("imports.verdict")}</th>
              <th>{t("imports.why")}</th>
              {columns.map((column) => (
                <th key={column}>
                  {column === "name" && kind !== "sold_vehicles"
                    ? t("imports.invite_name")
                    : t(`imports.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <tr key={row.row}>
                <td className="num muted">{row.row}</td>
                <td>
                  <Tag tone={tone[row.verdict]}>{t(`imports.${row.verdict}`)}</Tag>
                </td>
                <td className={row.verdict === "reject" ? "import-why bad" : "import-why"}>
                  {row.why}
                </td>
                {columns.map((column) => (
                  <td key={column} className="nowrap">
                    {cell(row, column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.hasNextPage && (
        <div className="import-more">
          <Button loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            {t("words.loadMore")}
          </Button>
        </div>
      )}
    </section>
  );
}

function RowCard({ row, columns }: { row: ImportRow; columns: readonly string[] }) {
  const { t } = useSpeech();
  return (
    <div className="import-card">
      <div className="row">
        <span className="muted">
          {t("imports.row")} {row.row}
        </span>
        <Tag tone={tone[row.verdict]}>{t(`imports.${row.verdict}`)}</Tag>
        <span>{cell(row, columns[0] ?? "")}</span>
      </div>
      <p className="sub small">
        {columns
          .slice(1)
          .map((key) => cell(row, key))
          .filter(Boolean)
          .join(" · ")}
      </p>
      {row.why && <p className={row.verdict === "reject" ? "late small" : "small"}>{row.why}</p>}
    </div>
  );
}

function cell(row: ImportRow, column: string): string {
  const value = row.values[column];
  return value === null || value === undefined ? "" : String(value);
}
