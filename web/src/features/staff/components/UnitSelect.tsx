import Select from "antd/es/select";
import { useSpeech } from "@/shared/i18n";
import type { Unit } from "../api/queries";

interface Props {
  id?: string;
  label?: string;
  units: Unit[];
  value: string | null;
  set: (next: string | null) => void;
  clear?: boolean;
  invalid?: boolean;
}

/** A unit of the organisation, found by name or code. */
export function UnitSelect({ id, label, units, value, set, clear, invalid }: Props) {
  const { t } = useSpeech();
  return (
    <Select
      {...(id && { id })}
      {...(label && { "aria-label": label })}
      className="unit-select"
      showSearch
      optionFilterProp="label"
      allowClear={clear ?? false}
      status={invalid ? "error" : ""}
      placeholder={t("staff.unit")}
      value={value}
      options={units.map((unit) => ({ value: unit.id, label: `${unit.name} · ${unit.code}` }))}
      onChange={(next: string | undefined) => set(next ?? null)}
    />
  );
}
