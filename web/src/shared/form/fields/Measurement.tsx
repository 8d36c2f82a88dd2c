import Input from "antd/es/input/Input";
import { useSpeech } from "@/shared/i18n";
import type { FieldProps } from "../skin";
import { NumberInput } from "./plain";

interface Measured {
  value?: number | null;
  instrument?: string | null;
  temperature?: number | null;
  charge?: number | null;
}

/** A measured value with what makes it evidence: instrument, temperature, state of charge. */
export function MeasurementField({ id, field, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  const now = (value as Measured | null) ?? {};
  const put = (part: Measured) => set({ ...now, ...part });
  const conditions = say(field.unit) === "%" || field.id.includes("capacity");
  return (
    <div className="measurement">
      <label>
        <span>{t("form.value")}</span>
        <NumberInput
          id={id}
          value={now.value ?? null}
          set={(next) => put({ value: next })}
          invalid={invalid}
          unit={say(field.unit) || null}
        />
      </label>
      <label className="wide">
        <span>{t("form.instrument")}</span>
        <Input
          value={now.instrument ?? ""}
          onChange={(event) => put({ instrument: event.target.value || null })}
        />
      </label>
      {conditions && (
        <>
          <label>
            <span>{t("form.temperature")}</span>
            <NumberInput
              value={now.temperature ?? null}
              set={(next) => put({ temperature: next })}
              unit="℃"
            />
          </label>
          <label>
            <span>{t("form.charge")}</span>
            <NumberInput
              value={now.charge ?? null}
              set={(next) => put({ charge: next })}
              unit="%"
            />
          </label>
        </>
      )}
    </div>
  );
}
