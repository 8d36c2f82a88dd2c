/** The maker's review desk (审核台). */
export const review = {
  queue: "待审核的索赔单",
  waiting: "待审核 {n} 张",
  none: "没有待审核的索赔单",
  noneText: "站方申报以后出现在这里,最急的在前。",
  notYours: "这张索赔单不由您审核。",
  own: "本次维修 {number}",
  other: "{check} → {number}",
  same: "同一张",
  others: "疑点指向的单",
  allPlain: "没有疑点的全部照报核准",
  plainHint: "有疑点、抽中回访、退回过或超出权限的留给人工",
  plainAt: "已看 {seen} / {all},核准 {done}",
  plainDone: "看过 {all} 张,核准 {done} 张,其余请逐张审核",
  toDesk: "审核台",
};
