import type { Key } from "@/shared/i18n";
import type { Unit } from "./api/queries";

/** Kinds of units, in the order of a company. */
export const kinds: [string, Key][] = [
  ["maker", "staff.kindMaker"],
  ["department", "staff.kindDepartment"],
  ["sales_company", "staff.kindSalesCompany"],
  ["agent", "staff.kindAgent"],
  ["dealer", "staff.kindDealer"],
  ["station", "staff.kindStation"],
  ["store", "staff.kindStore"],
  ["outlet", "staff.kindOutlet"],
];

/** How deep a unit lies below the root, and whether it lies at or below one of `roots`. */
export function place(units: Unit[], id: string, roots: string[] = []) {
  let depth = 0;
  let below = false;
  let at = units.find((unit) => unit.id === id);
  while (at) {
    below ||= roots.includes(at.id);
    const above: string | null = at.parent;
    at = above ? units.find((unit) => unit.id === above) : undefined;
    if (at) depth += 1;
  }
  return { depth, below };
}
