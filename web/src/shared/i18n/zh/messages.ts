export const messages = {
  title: "消息",
  unread: "未读",
  all: "全部",
  readSome: "标为已读({n} 条)",
  kind: "消息种类",
  choose: "选中“{title}”",
  readAll: "全部标为已读",
  emptyTitle: "没有消息",
  emptyText: "时限提醒、派工和通知会出现在这里。",
  openCase: "打开 {number}",
  at: "时间",
  body: "内容",
} as const;
