import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";

export const units = ["min", "h", "d", "workday", "mo", "y"] as const;

/** `24 h` taken apart; words and settings (`半年`, `params.x`) stay a text. */
export function spanParts(text: string): { count: string; unit: string } | null {
  const found = /^(\d+)\s*(min|h|d|workday|mo|y)$/.exec(text.trim());
  return found ? { count: found[1] ?? "", unit: found[2] ?? "h" } : null;
}

interface Props {
  label: string;
  value: string;
  set: (value: string) => void;
  off?: boolean;
}

/** A length of time: how many of what. One said in words or by a setting is typed as it is. */
export function SpanInput({ label, value, set, off = false }: Props) {
  const { t } = useSpeech();
  const [unit, setUnit] = useState(() => spanParts(value)?.unit ?? "d");
  // Words of the standard's own text (半年, 三个月) come by an input method: they count when left.
  const [typed, setTyped] = useState<string | null>(null);
  const parts = value === "" ? { count: "", unit } : spanParts(value);
  const type = (text: string) => {
    const plain = text.normalize("NFKC").trim();
    if (!parts || !/^\d*$/.test(plain)) return setTyped(text);
    setTyped(null);
    set(plain === "" ? "" : `${plain} ${parts.unit}`);
  };
  const leave = () => {
    if (typed !== null) set(typed.trim());
    setTyped(null);
  };
  return (
    <span className="draft-span">
      <Input
        aria-label={label}
        disabled={off}
        style={{ width: parts ? 76 : 180 }}
        value={typed ?? parts?.count ?? value}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        onPressEnter={leave}
      />
      {parts && (
        <Select
          aria-label={`${label} · ${t("drafts.unit")}`}
          disabled={off}
          style={{ width: 108 }}
          value={parts.unit}
          options={units.map((each) => ({ value: each, label: t(`drafts.unit_${each}`) }))}
          onChange={(next: string) => {
            setUnit(next);
            if (parts.count !== "") set(`${parts.count} ${next}`);
          }}
        />
      )}
    </span>
  );
}
