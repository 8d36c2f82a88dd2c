import { useSpeech } from "@/shared/i18n";
import type { PartsSheet } from "./usePartsSheet";

/** All of a small shelf, such as a van, to be pressed: a part or, where it has them, a serial. */
export function Near({ sheet }: { sheet: PartsSheet }) {
  const { t, say } = useSpeech();
  if (!sheet.near) return null;
  const taken = new Set(sheet.rows.flatMap((row) => row.serials ?? []));
  const left = sheet.parts.filter((part) =>
    part.tracked
      ? part.serials.some((serial) => !taken.has(serial))
      : !sheet.rows.some((row) => row.part === part.code),
  );
  if (left.length === 0) return null;
  return (
    <div className="parts-near" role="group" aria-label={t("parts.near")}>
      <span className="muted small">{t("parts.near")}</span>
      {left.map((part) => (
        <div key={part.code} className="row serial-chips">
          <span className="small">{say(part.title)}</span>
          {part.tracked ? (
            part.serials
              .filter((serial) => !taken.has(serial))
              .map((serial) => (
                <button
                  key={serial}
                  type="button"
                  className="serial mono"
                  aria-label={t("parts.addSerial", { serial })}
                  onClick={() => sheet.scanned(serial)}
                >
                  {serial}
                </button>
              ))
          ) : (
            <button
              type="button"
              className="serial"
              aria-label={t("parts.addPart", { part: say(part.title) })}
              onClick={() => sheet.scanned(part.code)}
            >
              {t("parts.pieceCount", { n: part.on_hand ?? 0 })}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
