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

/** What the standing of a unit is called. */
export const standings: [string, Key][] = [
  ["active", "staff.standingActive"],
  ["suspended", "staff.standingSuspended"],
  ["closed", "staff.standingClosed"],
];

export const standingName = (word: string): Key =>
  standings.find(([standing]) => standing === word)?.[1] ?? "staff.standingActive";

/** Parts of the register, each with what a row of it reads. */
export const shown: [string, Key, Partial<Record<keyof Unit, string>>][] = [
  ["all", "staff.showAll", {}],
  ["stations", "staff.showStations", { kind: "station" }],
  ["lacking", "staff.lacksStation", { lacks_station: "true" }],
  ["suspended", "staff.standingSuspended", { standing: "suspended" }],
  ["closed", "staff.standingClosed", { standing: "closed" }],
];

/** Whether a row reads so. */
export const reads = (unit: Unit, only: Partial<Record<keyof Unit, string>>) =>
  Object.entries(only).every(([key, text]) => String(unit[key as keyof Unit]) === text);

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
