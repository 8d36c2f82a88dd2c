import type { ImportSummary } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import type { Brings } from "../api/queries";
import { Remembered } from "./Remembered";

interface Props {
  summary: ImportSummary;
  /** Lets somebody say which column is which; null where the file is not at hand any more. */
  adjust: (() => void) | null;
}

/** How the columns of a workbook were told. */
export function Told({ summary, adjust }: Props) {
  const { t } = useSpeech();
  const { columns } = summary;
  const unread = columns.filter((one) => !one.title && one.heading).map((one) => one.heading);
  const known = columns.filter((one) => one.by === "remembered").map((one) => one.heading);
  return (
    <div className="import-told">
      {columns.length > 0 && (
        <p className="sub small">
          {t("imports.told", { n: columns.filter((one) => one.title).length })}
          {unread.length > 0 && ` ${t("imports.unread", { list: unread.join(" · ") })}`}
        </p>
      )}
      {adjust && (
        <button type="button" className="link" onClick={adjust}>
          {t("imports.adjust")}
        </button>
      )}
      {known.length > 0 && <Remembered kind={summary.kind as Brings} only={known} />}
    </div>
  );
}
