import type { Field, FormSchema, Line, PartRow } from "@/api/types";
import { told } from "./parts/compare";

/** What a person set, by field; everything else is what the server filled. */
export type Values = Readonly<Record<string, unknown>>;

/** Why a value will not do, as far as the browser can tell; the server has the last word. */
export type Flaw = "required" | "tooSmall" | "tooLarge" | "tooFew" | "tooMany" | "incomplete";

/** Whether nothing is filled in. `false` and `0` are answers. */
export function empty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === "object") {
    return Object.values(value).every((part) => part === null || part === undefined || part === "");
  }
  return false;
}

/** The value on screen: the person's where they touched the field, the server's otherwise. */
export function valueOf(field: Field, touched: Values): unknown {
  if (field.kind === "computed") return field.value ?? null;
  const own = field.id in touched ? touched[field.id] : (field.value ?? null);
  if (field.kind === "lines" && field.id in touched) return priced(own, field.value);
  return own;
}

// The server writes prices, payers and amounts; a preview brings them back line by line. What the
// person typed stays, what they left open is filled.
function priced(own: unknown, served: unknown): unknown {
  if (!Array.isArray(own) || !Array.isArray(served)) return own;
  const byId = new Map((served as Line[]).map((line) => [line.id, line]));
  const ids = new Set((own as Line[]).map((line) => line.id));
  // What a table charges comes and goes with the facts it is asked of.
  const kept = (own as Line[]).filter((line) => !line.rule || byId.has(line.id));
  const charged = (served as Line[]).filter((line) => line.rule && !ids.has(line.id));
  const lines = kept.map((line) => {
    const found = byId.get(line.id);
    if (!found) return line;
    if (found.rule) return { ...found, declined: line.declined, reason: line.reason };
    return {
      ...line,
      unit_price: line.unit_price ?? found.unit_price,
      payer: line.payer ?? found.payer ?? null,
      list_price: found.list_price ?? null,
      base_price: found.base_price ?? null,
      price_class: found.price_class ?? null,
      price_from: found.price_from ?? null,
    };
  });
  return [...lines, ...charged];
}

/** The fields on screen, in the order of the paper. */
export function shown(schema: FormSchema): Field[] {
  return schema.fields.filter((field) => field.visible);
}

/** What is submitted: the visible fields that hold something; computed ones never. */
export function payload(schema: FormSchema, touched: Values): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const field of shown(schema)) {
    if (field.kind === "computed") continue;
    const value = valueOf(field, touched);
    // Rows somebody took away are gone; without the empty list the server would fill them again.
    const cleared = field.kind === "parts" && field.id in touched && Array.isArray(value);
    if (!empty(value) || cleared) out[field.id] = plain(field, value);
  }
  return out;
}

// What the server writes into lines and rows is not sent back to it.
function plain(field: Field, value: unknown): unknown {
  if (field.kind === "lines") return sent(value as Line[]);
  if (field.kind === "parts") return (value as PartRow[]).map(told);
  return value;
}

function sent(lines: Line[]): Partial<Line>[] {
  return lines.map((line) => {
    const copy: Partial<Line> = { ...line };
    delete copy.amount;
    delete copy.base_price;
    delete copy.list_price;
    delete copy.price_class;
    delete copy.price_from;
    delete copy.rule;
    for (const [name, value] of Object.entries(copy)) {
      if (value === null || value === "") delete copy[name as keyof Line];
    }
    return copy;
  });
}

/** What the browser can see wrong with a value before asking the server. */
export function flaw(field: Field, value: unknown): Flaw | null {
  if (empty(value)) return field.required ? "required" : null;
  const { min, max } = field;
  switch (field.kind) {
    case "number":
    case "money":
    case "rating":
      return bounds(value as number, min, max);
    case "measurement": {
      const measured = (value as { value?: number | null }).value;
      if (measured === null || measured === undefined) return "incomplete";
      return bounds(measured, min, max);
    }
    case "checklist": {
      const answers = value as Record<string, boolean>;
      const open = field.choices?.some((choice) => typeof answers[choice.id] !== "boolean");
      return open && field.required ? "incomplete" : null;
    }
    case "photos": {
      const count = (value as unknown[]).length;
      if (typeof min === "number" && count < min) return "tooFew";
      if (typeof max === "number" && count > max) return "tooMany";
      return null;
    }
    default:
      return null;
  }
}

function bounds(value: number, min?: number | null, max?: number | null): Flaw | null {
  if (typeof min === "number" && value < min) return "tooSmall";
  if (typeof max === "number" && value > max) return "tooLarge";
  return null;
}
