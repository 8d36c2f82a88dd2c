import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useEffect, useRef, useState } from "react";
import { type Exported, exportList } from "@/api/exports";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "./States";

export interface ExportColumn {
  /** Where the value stands in a row of the list: `unit.frame_no`. */
  key: string;
  title: string;
  /** What its values are called on the page, where the server has keys for them. */
  words?: Readonly<Record<string, string>>;
  /** Money, in fen. */
  fen?: boolean;
}

type Filter = Record<string, string | number | boolean | null | undefined>;

/** The lists that go into a workbook. */
export type ExportList =
  | "accounts"
  | "articles"
  | "blanks"
  | "campaign_units"
  | "cases"
  | "certificates"
  | "counters"
  | "customers"
  | "deliveries"
  | "duplicates"
  | "enquiries"
  | "erasures"
  | "messages"
  | "orgs"
  | "parts"
  | "people"
  | "prices"
  | "standings"
  | "stock"
  | "units";

interface Props {
  /** The list, as its address names it. */
  list: ExportList;
  /** The filter of the page, as the list itself is asked. */
  filter: Filter;
  /** What the page itself leaves out: only rows in which each of these reads so. */
  only?: Readonly<Record<string, string>>;
  columns: readonly ExportColumn[];
}

/** Rows from which on it is said how far an export is. */
const MANY = 300;

/** The list as shown, as a workbook (导出): the server asks it again, in my scope and masked. */
export function ExportButton({ list, filter, columns, only = {} }: Props) {
  const { t, lang } = useSpeech();
  const [far, setFar] = useState<Exported | null>(null);
  const stop = useRef<AbortController | null>(null);
  const asked = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined);
  const out = useMutation({
    mutationFn: async () => {
      const going = new AbortController();
      stop.current = going;
      const named = Object.fromEntries(asked.map(([name, value]) => [name, String(value)]));
      const body = { list, columns, filter: named, only };
      await exportList(body, `${list}.xlsx`, setFar, going.signal).catch((error: unknown) => {
        // Stopped by whoever asked for it.
        if (!going.signal.aborted) throw error;
      });
    },
    onSettled: () => setFar(null),
  });
  useEffect(() => () => stop.current?.abort(), []);
  const number = new Intl.NumberFormat(lang);
  return (
    <>
      <Button loading={out.isPending} onClick={() => out.mutate()}>
        {t("words.export")}
      </Button>
      {far && far.rows >= MANY && (
        <span className="small export-far" role="status">
          {far.total === null
            ? t("words.exported", { rows: number.format(far.rows) })
            : t("words.exportedOf", {
                rows: number.format(far.rows),
                total: number.format(far.total),
              })}
          <button type="button" className="link" onClick={() => stop.current?.abort()}>
            {t("words.exportStop")}
          </button>
        </span>
      )}
      {out.isError && (
        <span className="small late" role="alert">
          {sentence(out.error, t)}
        </span>
      )}
    </>
  );
}
