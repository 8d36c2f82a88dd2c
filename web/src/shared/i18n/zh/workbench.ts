export const workbench = {
  title: "工作台",
  late: "已超时",
  soon: "一小时内",
  today: "有时限",
  watch: "跟进中",
  rest: "无时限",
  summary: "{late} 件超时,{soon} 件一小时内到期,共 {n} 件待办",
  calm: "共 {n} 件待办,没有超时",
  emptyTitle: "都办完了",
  emptyText: "轮到您办的事会按时限出现在这里。",
  others: "还可以:{acts}",
  mine: "全部",
} as const;
