import Input from "antd/es/input/Input";
import type { DraftParameter } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { NumberInput } from "@/shared/form/fields/plain";
import { Pick } from "@/shared/ui/Pick";
import { SpanInput } from "./SpanInput";

/** A value as text. */
export const plain = (value: unknown, unset: string) =>
  value === null || value === undefined ? unset : String(value);

interface ValueProps {
  item: DraftParameter;
  value: unknown;
  set: (value: unknown) => void;
  off: boolean;
}

/** The value of a setting, typed as what it is. */
export function Value({ item, value, set, off }: ValueProps) {
  const { t, say } = useSpeech();
  const label = say(item.title);
  if (off) {
    const shown =
      typeof value === "boolean"
        ? t(value ? "words.yes" : "words.no")
        : plain(value, t("drafts.unset"));
    const words = [shown, say(item.unit)];
    return <span>{words.filter(Boolean).join(" ")}</span>;
  }
  if (item.kind === "bool") {
    return (
      <Pick<boolean>
        small
        label={label}
        options={[
          { value: true, label: t("words.yes") },
          { value: false, label: t("words.no") },
        ]}
        value={typeof value === "boolean" ? value : null}
        set={set}
      />
    );
  }
  if (item.kind === "span") {
    const span = (value as string | null) ?? "";
    return <SpanInput label={label} value={span} set={(next) => set(next || null)} />;
  }
  if (item.kind === "text") {
    return (
      <Input
        aria-label={label}
        value={(value as string | null) ?? ""}
        onChange={(event) => set(event.target.value || null)}
      />
    );
  }
  const number = (value as number | null) ?? null;
  return <NumberInput label={label} unit={say(item.unit) || null} value={number} set={set} />;
}
