import { useFilter } from "@/shared/useFilter";
import { now } from "@/shared/time/clock";
import { dayOf } from "@/shared/time/format";
import type { Asked } from "./api/queries";
import { type Preset, presets, rangeOf } from "./range";

const names = ["org", "period", "from", "to", "grain", "by", "only"] as const;

/** Place and period as the address keeps them; this month without any. */
export function useAsked() {
  const [kept, put] = useFilter(names);
  const today = dayOf(now());
  const preset: Preset = presets.find((each) => each === kept.period) ?? "month";
  const range =
    preset === "days"
      ? { from: kept.from || rangeOf("month", today).from, to: kept.to || today }
      : rangeOf(preset, today);
  const asked: Asked = { org: kept.org, grain: kept.grain || "month", ...range };
  return { asked, preset, kept, put };
}

/** What the address carries on to another page of the same place and period. */
export function carried(kept: Record<(typeof names)[number], string>): URLSearchParams {
  const on = new URLSearchParams();
  for (const name of ["org", "period", "from", "to", "grain"] as const) {
    if (kept[name]) on.set(name, kept[name]);
  }
  return on;
}
