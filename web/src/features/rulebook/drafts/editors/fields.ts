import type { Text } from "@/api/types";

/** What facts are called, by their path. */
export type FactNames = ReadonlyMap<string, Text>;

/** A text in both languages, as a file has it. */
export interface Said {
  zh: string;
  en: string;
}

export function said(value: unknown): Said {
  const { zh = "", en = "" } = (value ?? {}) as Partial<Said>;
  return { zh, en };
}

const always = ["case.number", "case.opened_at | datetime", "unit.frame_no", "customer.name"];

/** Fields a message can name: those every case has, and those it names already. */
export function fieldsOf(text: string): string[] {
  const named = [...text.matchAll(/\{\{\s*([^}]+?)\s*\}\}/g)].map((found) => found[1] ?? "");
  return [...new Set([...named, ...always])];
}

const samples: Record<string, string> = {
  "case.number": "WX202611-0042",
  "unit.frame_no": "LSR6A0123456",
  "customer.name": "李*",
};

/** What the field of a message is called: `data.expires | date` by the name of its fact. */
export function fieldName(
  field: string,
  names: FactNames | undefined,
  tongue: "zh" | "en",
): string {
  const path = (field.split("|")[0] ?? field).trim();
  const first = path.split(/\s+or\s+/)[0] ?? path;
  return names?.get(first)?.[tongue] || first;
}

/** A message as it will read: fields as samples, conditions as if they held. */
export function sampled(text: string, tongue: "zh" | "en", names?: FactNames): string {
  return text
    .replace(/\{%[^%]*%\}/g, "")
    .replace(/\{\{\s*([^}]+?)\s*\}\}/g, (_, inside: string) => {
      const [path = "", filter = ""] = inside.split("|").map((part) => part.trim());
      if (filter === "datetime") return "2026-11-21 14:05";
      if (filter === "date") return "2026-11-21";
      if (filter === "money") return "¥120.00";
      const first = path.split(/\s+or\s+/)[0] ?? path;
      const name = fieldName(first, names, tongue);
      return samples[first] ?? (tongue === "zh" ? `〔${name}〕` : `[${name}]`);
    });
}
