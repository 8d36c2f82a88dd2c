import type { Offer } from "@/api/types";

/** Cases with an act that is mine to do next or overdue; merely possible acts do not count. */
export function pressing(offers: readonly Offer[]): number {
  const mine = offers.filter((offer) => offer.mark === "primary" || offer.late);
  return new Set(mine.map((offer) => offer.case.id)).size;
}
