import type { DutyDate } from "@/api/types";

interface Props {
  day: DutyDate;
  before: DutyDate | undefined;
}

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const place = (from: number, to: number) => ({
  insetInlineStart: `${(from / 1440) * 100}%`,
  width: `${((to - from) / 1440) * 100}%`,
});

/** A day as a bar of 24 hours: open, on duty, nobody. What it shows stands beside it in words. */
export function DayBar({ day, before }: Props) {
  const nights = (before?.shifts ?? []).filter((shift) => !shift.gone && over(shift));
  return (
    <div className="duty-bar" aria-hidden="true">
      {day.open.map((each) => (
        <i key={each.from} className="open" style={place(minutes(each.from), minutes(each.to))} />
      ))}
      {nights.map((shift) => (
        <i key={`n${shift.from}`} className="on" style={place(0, minutes(shift.to))} />
      ))}
      {day.shifts
        .filter((shift) => !shift.gone)
        .map((shift) => (
          <i
            key={`${shift.person.id}${shift.from}`}
            className="on"
            style={place(minutes(shift.from), over(shift) ? 1440 : minutes(shift.to))}
          />
        ))}
      {day.gaps.map((each) => (
        <i key={each.from} className="gap" style={place(minutes(each.from), minutes(each.to))} />
      ))}
    </div>
  );
}

function over(shift: { from: string; to: string }): boolean {
  return minutes(shift.to) <= minutes(shift.from);
}
