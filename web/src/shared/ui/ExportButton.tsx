import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import { download } from "@/api/client";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "./States";

export interface ExportColumn {
  /** Where the value stands in a row of the list: `unit.frame_no`. */
  key: string;
  title: string;
}

type Filter = Record<string, string | number | boolean | null | undefined>;

interface Props {
  /** The list, as its address names it. */
  list: "cases" | "people" | "certificates" | "messages";
  /** The filter of the page, as the list itself is asked. */
  filter: Filter;
  columns: readonly ExportColumn[];
}

/** The list as shown, as a workbook (导出): the server asks it again, in my scope and masked. */
export function ExportButton({ list, filter, columns }: Props) {
  const { t } = useSpeech();
  const asked = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined);
  const out = useMutation({
    mutationFn: () =>
      download(
        "/exports",
        {
          list,
          columns,
          filter: Object.fromEntries(asked.map(([name, value]) => [name, String(value)])),
        },
        `${list}.xlsx`,
      ),
  });
  return (
    <>
      <Button loading={out.isPending} onClick={() => out.mutate()}>
        {t("words.export")}
      </Button>
      {out.isError && (
        <span className="small late" role="alert">
          {sentence(out.error, t)}
        </span>
      )}
    </>
  );
}
