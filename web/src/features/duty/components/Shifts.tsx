import type { DutyStretch } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** Who is on duty from when to when, in words. */
export function Shifts({ shifts, none }: { shifts: readonly DutyStretch[]; none: string }) {
  const { t } = useSpeech();
  if (shifts.length === 0) return <span className="muted">{none}</span>;
  return (
    <ul className="duty-shifts">
      {shifts.map((shift) => (
        <li key={`${shift.person.id}${shift.from}`}>
          <b>{shift.person.name}</b>{" "}
          <span className="nowrap">
            {shift.from}–{shift.to <= shift.from ? t("duty.nextDay", { at: shift.to }) : shift.to}
          </span>
          {shift.gone && <span className="late small"> {t("duty.gone")}</span>}
        </li>
      ))}
    </ul>
  );
}
