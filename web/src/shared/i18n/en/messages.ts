export const messages = {
  title: "Messages",
  unread: "Unread",
  all: "All",
  readSome: "Mark {n} as read",
  kind: "Kind of message",
  choose: "Choose “{title}”",
  readAll: "Mark all as read",
  emptyTitle: "No messages",
  emptyText: "Deadline warnings, assignments and notices appear here.",
  openCase: "Open {number}",
  at: "Time",
  body: "Text",
};
