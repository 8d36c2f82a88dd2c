import CloseOutlined from "@ant-design/icons/CloseOutlined";
import type { PartRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import type { Compared } from "./compare";
import type { PartsSheet } from "./usePartsSheet";

const FEW = 12;

interface Props {
  row: PartRow;
  sheet: PartsSheet;
  compared: Compared | null;
  chosen: boolean;
}

/** The serials of a row; beside them those that are missing, or lie there to be taken. */
export function Serials({ row, sheet, compared, chosen }: Props) {
  const { t } = useSpeech();
  const own = row.serials ?? [];
  const found = new Set(compared?.found);
  const missing = compared?.missing ?? [];
  const byLabel = sheet.mode === "labelled";
  const takes = sheet.mode === "shelf" || sheet.mode === "old" || byLabel;
  const lying = takes && chosen ? (sheet.choiceOf(row.part)?.serials ?? []) : [];
  const free = lying.filter((serial) => !own.includes(serial));
  const put = (serials: string[]) => sheet.put({ ...row, serials, quantity: serials.length });
  const add = (serial: string) => put([...own, serial]);
  return (
    <div className="serials">
      {own.length === 0 && missing.length === 0 && (
        <span className="muted small">{t(byLabel ? "parts.scanLabels" : "parts.scanSerials")}</span>
      )}
      <div className="row serial-chips">
        {own.map((serial) => (
          <span key={serial} className={`serial mono ${found.has(serial) ? "found" : ""}`}>
            {serial}
            <button
              type="button"
              aria-label={t("parts.removeSerial", { serial })}
              onClick={() => put(own.filter((each) => each !== serial))}
            >
              <CloseOutlined />
            </button>
          </span>
        ))}
      </div>
      {found.size > 0 && <p className="small soon">{t("parts.foundSerials")}: {found.size}</p>}
      {missing.length > 0 && (
        <Offered words={t("parts.missingSerials")} tone="gone" serials={missing} add={add} />
      )}
      {free.length > 0 && (
        <Offered words={t("parts.freeSerials")} tone="" serials={free} add={add} />
      )}
    </div>
  );
}

function Offered(props: {
  words: string;
  tone: string;
  serials: readonly string[];
  add: (serial: string) => void;
}) {
  const { t } = useSpeech();
  const rest = props.serials.length - FEW;
  return (
    <div className="row serial-chips offered">
      <span className="muted small">{props.words}</span>
      {props.serials.slice(0, FEW).map((serial) => (
        <button
          key={serial}
          type="button"
          className={`serial mono ${props.tone}`}
          aria-label={t("parts.addSerial", { serial })}
          onClick={() => props.add(serial)}
        >
          {serial}
        </button>
      ))}
      {rest > 0 && <span className="muted small">{t("parts.moreSerials", { n: rest })}</span>}
    </div>
  );
}
