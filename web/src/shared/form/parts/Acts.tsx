import Button from "antd/es/button";
import { useSpeech } from "@/shared/i18n";
import type { PartsSheet } from "./usePartsSheet";

/** What fills or compares many rows at once. */
export function Acts({ sheet }: { sheet: PartsSheet }) {
  const { t } = useSpeech();
  const { rows, expected, due, blind, mode } = sheet;
  const missing = due.reduce((sum, row) => sum + row.quantity, 0);
  const left = sheet.uncounted;
  const before = mode !== "count" && expected.length > 0;
  return (
    <>
      {blind && <p className="muted small parts-blind">{t("parts.blind")}</p>}
      <div className="row parts-acts">
        {before && (
          <Button onClick={() => sheet.fill(expected)}>
            {t("parts.all")}
          </Button>
        )}
        {before && rows.length > 0 && (
          <Button type="text" onClick={() => sheet.fill([])}>
            {t("parts.clear")}
          </Button>
        )}
        {missing > 0 && (
          <Button onClick={() => sheet.fill(due)}>
            {t(mode === "labelled" ? "parts.others" : "parts.rest", { n: missing })}
          </Button>
        )}
      </div>
      {left.length > 0 && (
        <p className="notice warn parts-left">
          {t("parts.uncounted", { n: left.length })}{" "}
          <button
            type="button"
            className="link"
            onClick={() =>
              sheet.fill([
                ...rows,
                ...left.map((part) => ({
                  part: part.code,
                  title: part.title,
                  tracked: part.tracked,
                  quantity: 0,
                  serials: [],
                })),
              ])
            }
          >
            {t("parts.countZero")}
          </button>
        </p>
      )}
    </>
  );
}
