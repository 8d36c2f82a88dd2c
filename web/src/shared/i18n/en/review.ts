/** The maker's review desk (审核台). */
export const review = {
  queue: "Claims to review",
  waiting: "{n} to review",
  none: "No claim waits for a review",
  noneText: "What stations submit appears here, the most pressing first.",
  notYours: "This claim is not yours to review.",
  own: "This repair, {number}",
  other: "{check}: {number}",
  same: "The same",
  others: "Cases the doubts lead to",
  allPlain: "Approve all without a doubt",
  plainHint: "Doubts, call-backs, lines sent back and what is above your right stay for a person",
  plainAt: "{seen} of {all} looked at, {done} approved",
  plainDone: "{all} looked at, {done} approved; review the others one by one",
  toDesk: "Review desk",
};
