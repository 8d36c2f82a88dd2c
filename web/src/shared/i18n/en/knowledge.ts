import type { knowledge as zh } from "../zh/knowledge";

export const knowledge: Record<keyof typeof zh, string> = {
  find: "In the customer's words, such as “does not charge”",
  none: "No article",
  noneText: "Try other words; the after-sales department can write one.",
  write: "Write an article",
  change: "Change",
  title: "Title",
  body: "Text",
  models: "Models",
  components: "Components",
  faults: "Faults",
  reason: "Why it is written or changed",
  publish: "Publish",
  withdraw: "Withdraw",
  withdrawn: "Withdrawn",
  version: "Version {n}",
  helped: "Helped {n} {n:time|times}",
  before: "Earlier versions",
  suggested: "Knowledge",
  thisHelped: "This helped",
};
