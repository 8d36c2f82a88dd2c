import { useRef } from "react";
import type { PartRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Loading } from "@/shared/ui/States";
import { useScanner } from "@/shared/useScanner";
import type { FieldProps } from "../skin";
import { Acts } from "./Acts";
import { Near } from "./Near";
import { Row } from "./Row";
import { ScanBox } from "./ScanBox";
import { usePartsSheet } from "./usePartsSheet";
import "./parts.css";

// Of several such fields on a page, the one used last hears the hand scanner.
let listening: string | null = null;

/** Rows of parts that are received, issued, shipped, put back or counted, filled by scanning. */
export default function PartsField(props: FieldProps) {
  const { id, invalid, errors = [] } = props;
  const { t } = useSpeech();
  const sheet = usePartsSheet(props);
  const frame = useRef<HTMLDivElement>(null);
  useScanner((code) => {
    const own = frame.current;
    const at = document.activeElement;
    const inside = own?.contains(at) ?? false;
    // A number may be meant for another box of one line; for a note it never is.
    const elsewhere = at instanceof HTMLElement && at.matches("input, select");
    if (!own || (!inside && (elsewhere || (listening ?? id) !== id))) return false;
    const box = own.querySelector<HTMLInputElement>(".scan-box input");
    // The box read the same burst; where no input method garbled it, it has every character.
    const typed = at === box ? (box?.value.trim() ?? "") : "";
    const plain = /^[\x20-\x7e]+$/.test(typed) && typed.length >= code.length;
    sheet.scanned(plain ? typed : code);
    return at instanceof HTMLTextAreaElement;
  });
  const pieces = sheet.rows.reduce((sum, row) => sum + row.quantity, 0);
  const wrong = (place: number) =>
    errors.filter((each) => each.field.startsWith(`${props.field.id}[${place}]`));
  return (
    <div
      ref={frame}
      className={`parts ${invalid ? "invalid" : ""}`}
      onFocus={() => {
        listening = id;
      }}
    >
      {sheet.ready ? <ScanBox id={id} sheet={sheet} /> : <Loading lines={1} />}
      <Near sheet={sheet} />
      <Acts sheet={sheet} />
      {sheet.rows.length === 0 ? (
        <p className="muted parts-none">{t("parts.none")}</p>
      ) : (
        <ul className="parts-rows">
          {sheet.rows.map((row: PartRow, place) => (
            <Row key={row.part} row={row} sheet={sheet} errors={wrong(place)} />
          ))}
        </ul>
      )}
      {sheet.rows.length > 0 && (
        <p className="parts-total">{t("parts.total", { rows: sheet.rows.length, n: pieces })}</p>
      )}
    </div>
  );
}
