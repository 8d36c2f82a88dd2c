import { useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { useEffect } from "react";
import { catalogQuery } from "@/api/queries/shared";
import type { Choice, Field } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { type FieldProps, useFormContext } from "../skin";

const FEW = 6;

/** The choices of a field: written ones, or a catalogue, where faults follow the component. */
function useChoices(field: Field): Choice[] {
  const { sibling } = useFormContext();
  const fromCatalog = Boolean(field.catalog) && !field.choices?.length;
  const { data } = useQuery({ ...catalogQuery, enabled: fromCatalog });
  if (!fromCatalog) return field.choices ?? [];
  if (!data) return [];
  switch (field.catalog) {
    case "components":
      return data.components;
    case "causes":
      return data.causes;
    case "models":
      return data.models;
    case "faults": {
      const component = sibling("component");
      return data.faults.filter(
        (fault) => typeof component !== "string" || fault.components.includes(component),
      );
    }
    default:
      return [];
  }
}

export function ChoiceField({ id, field, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  const choices = useChoices(field);
  const options = choices.map((choice) => ({ value: choice.id, label: say(choice.title) }));
  const chosen = (value as string | null) ?? null;
  // Another part has other faults: what no longer fits is taken back, not shown as a key.
  const stale = chosen !== null && choices.length > 0 && !choices.some((one) => one.id === chosen);
  useEffect(() => {
    if (stale) set(null);
  });
  if (choices.length > 0 && choices.length <= FEW) {
    return (
      <Pick
        id={id}
        label={say(field.title)}
        options={options}
        value={chosen}
        set={set}
        invalid={invalid}
      />
    );
  }
  return (
    <Select
      id={id}
      showSearch={{ optionFilterProp: "label" }}
      allowClear
      style={{ width: "100%" }}
      placeholder={t("form.choose")}
      status={invalid ? "error" : ""}
      value={chosen ?? undefined}
      options={options}
      onChange={(next: string | undefined) => set(next ?? null)}
    />
  );
}

export function MultiChoiceField({ id, field, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  const choices = useChoices(field);
  const chosen = (value as string[] | null) ?? [];
  if (choices.length > 0 && choices.length <= FEW * 2) {
    return (
      <div id={id} role="group" aria-label={say(field.title)} className="pick">
        {choices.map((choice) => {
          const on = chosen.includes(choice.id);
          const next = on ? chosen.filter((key) => key !== choice.id) : [...chosen, choice.id];
          return (
            <button
              key={choice.id}
              type="button"
              className="chip"
              aria-pressed={on}
              onClick={() => set(next)}
            >
              {say(choice.title)}
            </button>
          );
        })}
      </div>
    );
  }
  return (
    <Select
      id={id}
      mode="multiple"
      showSearch={{ optionFilterProp: "label" }}
      style={{ width: "100%" }}
      placeholder={t("form.choose")}
      status={invalid ? "error" : ""}
      value={chosen}
      options={choices.map((choice) => ({ value: choice.id, label: say(choice.title) }))}
      onChange={(next: string[]) => set(next)}
    />
  );
}

/** Each point with yes or no; one click says yes to those still open. */
export function ChecklistField({ id, field, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  const answers = (value as Record<string, boolean> | null) ?? {};
  const choices = useChoices(field);
  const open = choices.filter((choice) => typeof answers[choice.id] !== "boolean");
  const all = () =>
    set({ ...answers, ...Object.fromEntries(open.map((choice) => [choice.id, true])) });
  return (
    <div id={id} role="group" aria-label={say(field.title)} className="checklist">
      {choices.map((choice) => (
        <div key={choice.id} className="checklist-row">
          <span>{say(choice.title)}</span>
          <Pick
            small
            label={say(choice.title)}
            options={[
              { value: true, label: t("words.yes") },
              { value: false, label: t("words.no"), tone: "bad" },
            ]}
            value={answers[choice.id] ?? null}
            invalid={invalid && typeof answers[choice.id] !== "boolean"}
            set={(next) => {
              const rest = { ...answers };
              if (next === null) delete rest[choice.id];
              else rest[choice.id] = next;
              set(rest);
            }}
          />
        </div>
      ))}
      {open.length > 1 && (
        <button type="button" className="link small" onClick={all}>
          {t("form.allYes")}
        </button>
      )}
    </div>
  );
}
