import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";

interface Props {
  title: string;
  total: number | null | undefined;
  /** Where the workbook of what is shown lies. */
  book: string;
  kind: "parts" | "prices";
  /** The list as shown, as a workbook. */
  out: ReactNode;
}

/** The head of a list: how many, out as Excel, and in for who may change it. */
export function ListHead({ title, total, book, kind, out }: Props) {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const may = me?.permissions.includes("price_edit") && me.permissions.includes("import_run");
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {typeof total === "number" && (
        <span className="muted">{t("words.total", { n: total })}</span>
      )}
      <span className="push row">
        {out}
        {may && (
          <>
            <a className="ant-btn-like" href={book} download>
              {t("prices.export")}
            </a>
            <Link className="ant-btn-like" to={`/imports?kind=${kind}`}>
              {t("prices.import")}
            </Link>
          </>
        )}
      </span>
    </div>
  );
}
