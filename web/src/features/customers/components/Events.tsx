import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import type { CustomerEvent } from "../api/queries";
import { useEventWords } from "./useEventWords";

/** What happened to somebody's data, the latest first: who looked, when, at what and why. */
export function Events({ items }: { items: CustomerEvent[] }) {
  const { t } = useSpeech();
  const { said } = useEventWords();
  if (items.length === 0) return <p className="muted">{t("customers.noEvent")}</p>;
  return (
    <ul className="rights">
      {items.map((row, place) => (
        <li key={place}>
          <span>{said(row)}</span>
          <span className="muted small nowrap">
            {row.by?.name ?? t("staff.byProgram")} · {dateTime(row.at)}
          </span>
        </li>
      ))}
    </ul>
  );
}
