import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { catalogQuery } from "@/api/queries/shared";
import type { Text } from "@/api/types";
import { type Key, type Speech, useSpeech } from "@/shared/i18n";

const yesNo: Record<string, Key> = { yes: "words.yes", no: "words.no" };
const fixed: Record<string, Key> = {
  repair: "cases.repair",
  replace: "cases.replace",
  exchange: "cases.exchange",
  refund: "cases.refund",
  repair_at_charge: "cases.repair_at_charge",
  replace_at_charge: "cases.replace_at_charge",
  maker: "form.payerMaker",
  customer: "form.payerCustomer",
  station: "form.payerStation",
  supplier: "form.payerSupplier",
  ...yesNo,
};

/** Cells of a table in the words of the trade: keys become names, tests stay as written. */
export function useCellWords(own?: Record<string, Text>): (cell: string) => string {
  const { t, say } = useSpeech();
  const { data } = useQuery(catalogQuery);
  const names = useMemo(() => {
    const all = [
      ...(data?.components ?? []),
      ...(data?.faults ?? []),
      ...(data?.causes ?? []),
      ...(data?.models ?? []),
      ...(data?.products ?? []),
    ];
    return new Map(all.map((item) => [item.id, item.title]));
  }, [data]);
  return (cell) =>
    (own?.[cell] && say(own[cell])) ||
    cell
      .split("|")
      .map((part) => word(part.trim(), names, t, say))
      .join(" / ");
}

function word(
  part: string,
  names: Map<string, Parameters<Speech["say"]>[0]>,
  t: Speech["t"],
  say: Speech["say"],
): string {
  const key = fixed[part];
  if (key) return t(key);
  const bound = /^(<=|>=)\s*(.+)$/.exec(part);
  if (bound) return `${bound[1] === "<=" ? "≤" : "≥"} ${bound[2]}`;
  const not = /^not\((.*)\)$/.exec(part);
  if (not) return `≠ ${word(not[1] ?? "", names, t, say)}`;
  return say(names.get(part)) || part;
}

/** The head of a column in words. */
export function columnName(column: string, t: Speech["t"]): string {
  const last = column.split(".").pop() ?? column;
  const key = `rulebook.${last}` as Key;
  const found = t(key);
  if (found !== key) return found;
  const fact = `facts.${last}` as Key;
  return t(fact) === fact ? last : t(fact);
}
