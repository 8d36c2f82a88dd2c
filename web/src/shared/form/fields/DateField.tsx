import DatePicker from "antd/es/date-picker";
import dayjs, { type Dayjs } from "dayjs";
import { dateTime } from "@/shared/time/format";
import { now } from "@/shared/time/clock";
import { usePhone } from "@/shared/ui/usePhone";
import type { FieldProps } from "../skin";
import "../form.css";

// The company has one time zone; what is typed is wall time there, what is kept is an instant.
const ZONE = "+08:00";

/** Wall time `2026-11-21 14:05` as an instant. */
function instant(wall: string): string {
  return new Date(`${wall.replace(" ", "T")}:00${ZONE}`).toISOString();
}

interface DateInputProps {
  id?: string;
  label?: string;
  /** A day, or with its time an instant. */
  value: string | null;
  set: (next: string | null) => void;
  timed?: boolean;
  invalid?: boolean;
  /** The first day that may be chosen. */
  from?: string;
}

/** A day, or a day with its time. A phone brings its own wheel for it. */
export function DateInput(props: DateInputProps) {
  const { id, label, value, set, timed = false, invalid = false, from } = props;
  const phone = usePhone();
  const wall = value === null ? null : timed ? dateTime(value) : value;
  const keep = (next: string | null) => set(next === null ? null : timed ? instant(next) : next);
  if (phone) {
    return (
      <input
        id={id}
        aria-label={label}
        type={timed ? "datetime-local" : "date"}
        className="native-date"
        aria-invalid={invalid}
        min={from}
        value={wall?.replace(" ", "T") ?? ""}
        onChange={(event) => keep(event.target.value?.replace("T", " ") || null)}
      />
    );
  }
  return (
    <DatePicker
      {...(id && { id })}
      {...(from && { minDate: dayjs(from) })}
      aria-label={label}
      style={{ width: "100%" }}
      status={invalid ? "error" : ""}
      showTime={timed ? { format: "HH:mm", minuteStep: 5 } : false}
      format={timed ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD"}
      defaultPickerValue={dayjs(dateTime(now()))}
      value={wall === null ? null : dayjs(wall)}
      onChange={(next: Dayjs | null) =>
        keep(next?.format(timed ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD") ?? null)
      }
    />
  );
}

export default function DateField({ id, field, value, set, invalid }: FieldProps) {
  return (
    <DateInput
      id={id}
      timed={field.kind === "instant"}
      value={(value as string | null) ?? null}
      set={set}
      invalid={invalid}
    />
  );
}
