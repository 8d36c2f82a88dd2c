import Select from "antd/es/select";
import type { FiguresAsked } from "@/api/figures";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { presets } from "../range";
import type { useAsked } from "../useAsked";

const grains = ["day", "month", "quarter", "year"] as const;

type Kept = ReturnType<typeof useAsked>;

interface Props extends Kept {
  shown: FiguresAsked | undefined;
}

/** Which place, which days, and how the trend is divided. */
export function Asking({ asked, preset, kept, put, shown }: Props) {
  const { t } = useSpeech();
  const places = shown?.places ?? [];
  return (
    <div className="figures-filters no-print">
      {places.length > 1 && (
        <Select
          showSearch={{ optionFilterProp: "label" }}
          className="figures-place"
          aria-label={t("figures.place")}
          value={kept.org || (places[0]?.id ?? null)}
          options={places.map((place) => ({
            value: place.id,
            label: `${"  ".repeat(place.depth)}${place.name}`,
          }))}
          onChange={(next: string) => put("org", next === places[0]?.id ? null : next)}
        />
      )}
      <Pick
        small
        label={t("figures.period")}
        options={presets.map((each) => ({ value: each, label: t(`figures.${each}`) }))}
        value={preset}
        set={(next) => put("period", next === "month" ? null : next)}
      />
      {preset === "days" && (
        <span className="row">
          <input
            type="date"
            className="ant-input ant-input-outlined figures-day"
            aria-label={t("figures.from")}
            value={asked.from}
            onChange={(event) => put("from", event.target.value || null)}
          />
          –
          <input
            type="date"
            className="ant-input ant-input-outlined figures-day"
            aria-label={t("figures.to")}
            value={asked.to}
            onChange={(event) => put("to", event.target.value || null)}
          />
        </span>
      )}
      <Pick
        small
        label={t("figures.grain")}
        options={grains.map((each) => ({ value: each, label: t(`figures.by_${each}`) }))}
        value={asked.grain as (typeof grains)[number]}
        set={(next) => put("grain", next === "month" ? null : next)}
      />
    </div>
  );
}

/** For which place and days the numbers are, in words. */
export function Whereabouts({ shown }: { shown: FiguresAsked | undefined }) {
  const { t } = useSpeech();
  if (!shown) return null;
  const org = shown.org?.name ?? "–";
  return (
    <p className="muted figures-where">
      {t(shown.places.length > 1 ? "figures.whereBelow" : "figures.where", {
        org,
        from: shown.from,
        to: shown.to,
      })}
    </p>
  );
}
