import type { Offer } from "@/api/types";

/** One case on the workbench: its next act, and what else may be done. */
export interface Todo {
  offer: Offer;
  others: Offer[];
}

export const groups = ["late", "soon", "today", "rest", "watch"] as const;
export type Group = (typeof groups)[number];

const HOUR_MS = 3_600_000;
const weight = { primary: 0, secondary: 1, danger: 2 } as const;

/** Offers by case, the primary act first, in the order of their deadlines. */
export function todos(offers: readonly Offer[], now: number): Record<Group, Todo[]> {
  const byCase = new Map<string, Offer[]>();
  for (const offer of offers) {
    const list = byCase.get(offer.case.id) ?? [];
    list.push(offer);
    byCase.set(offer.case.id, list);
  }
  const out: Record<Group, Todo[]> = {
    late: [],
    soon: [],
    today: [],
    rest: [],
    watch: [],
  };
  for (const list of byCase.values()) {
    const sorted = [...list].sort(
      (a, b) =>
        Number(a.blocked !== null) - Number(b.blocked !== null) ||
        weight[a.mark] - weight[b.mark] ||
        (a.due_at ?? "9").localeCompare(b.due_at ?? "9"),
    );
    const [offer, ...others] = sorted;
    if (!offer) continue;
    const [first] = list
      .filter((each) => each.due_at !== null)
      .sort((a, b) => (a.due_at ?? "").localeCompare(b.due_at ?? ""));
    const dated = {
      ...offer,
      due_at: first?.due_at ?? null,
      deadline_title: first?.deadline_title ?? null,
      late: list.some((each) => each.late),
    };
    out[groupOf(dated, now)].push({ offer: dated, others });
  }
  for (const group of groups) {
    out[group].sort((a, b) => (a.offer.due_at ?? "").localeCompare(b.offer.due_at ?? ""));
  }
  return out;
}

// A case where somebody else has the next move is only watched, until its deadline comes near.
function groupOf(offer: Offer, now: number): Group {
  const calm = offer.mark === "primary" ? (offer.due_at ? "today" : "rest") : "watch";
  if (!offer.due_at) return offer.late ? "late" : calm;
  const left = Date.parse(offer.due_at) - now;
  if (left < 0) return "late";
  return left < HOUR_MS ? "soon" : calm;
}
