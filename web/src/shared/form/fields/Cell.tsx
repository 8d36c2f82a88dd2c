import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import type { Column } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { MoneyInput, NumberInput } from "./plain";

/** What a list asks of one row in one column. */
export function Cell(props: {
  column: Column;
  label: string;
  value: unknown;
  set: (value: unknown) => void;
  invalid: boolean;
}) {
  const { t, say } = useSpeech();
  const { column, label, value, set, invalid } = props;
  switch (column.kind) {
    case "yes_no":
      return (
        <Pick
          small
          label={label}
          options={[
            { value: true, label: t("words.yes") },
            { value: false, label: t("words.no"), tone: "bad" },
          ]}
          value={typeof value === "boolean" ? value : null}
          invalid={invalid}
          set={set}
        />
      );
    case "number":
      return (
        <NumberInput
          label={label}
          width={96}
          value={typeof value === "number" ? value : null}
          unit={say(column.unit) || null}
          invalid={invalid}
          set={set}
        />
      );
    case "money":
      return (
        <MoneyInput
          label={label}
          value={typeof value === "number" ? value : null}
          invalid={invalid}
          set={set}
        />
      );
    case "choice":
      return (
        <Select
          aria-label={label}
          allowClear
          style={{ minWidth: 120 }}
          status={invalid ? "error" : ""}
          value={(value as string | null) ?? undefined}
          options={(column.choices ?? []).map((c) => ({ value: c.id, label: say(c.title) }))}
          onChange={(next: string | undefined) => set(next ?? null)}
        />
      );
    default:
      return (
        <Input
          aria-label={label}
          type={column.kind === "date" ? "date" : "text"}
          status={invalid ? "error" : ""}
          value={(value as string | null) ?? ""}
          onChange={(event) => set(event.target.value || null)}
        />
      );
  }
}
