import Input from "antd/es/input/Input";
import type { FieldProps } from "../skin";

/** The six digits a customer reads back from a message. */
export default function CodeField({ id, value, set, invalid }: FieldProps) {
  return (
    <Input
      id={id}
      className="field-code"
      inputMode="numeric"
      autoComplete="off"
      maxLength={6}
      value={typeof value === "string" ? value : ""}
      status={invalid ? "error" : ""}
      onChange={(event) =>
        set(event.target.value.normalize("NFKC").replace(/\D/g, "").slice(0, 6) || null)
      }
    />
  );
}
