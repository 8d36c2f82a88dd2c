export const robots = {
  text:
    "Staff groups hear too: add a robot to a group of WeChat Work, DingTalk or Feishu, paste its " +
    "address here, and what is overdue or reported comes to the group.",
  add: "New group robot",
  full: "At most 50 robots; end one that is no longer used.",
  make: "Make it",
  kind: "Which kind of group",
  kind_wecom: "WeChat Work",
  kind_dingtalk: "DingTalk",
  kind_feishu: "Feishu",
  address: "Webhook address of the robot",
  keep: "Leave empty to keep it",
  where_wecom:
    "Group settings → message push (robot) → add → copy the webhook address. Whoever knows it " +
    "can write to the group, so it is kept encrypted and not shown again.",
  where_dingtalk:
    "Group settings → robots → custom → choose signing → copy the webhook and the key. Both are " +
    "kept encrypted and not shown again.",
  where_feishu:
    "Group settings → bots → custom bot → choose signature → copy the address and the key. Both " +
    "are kept encrypted and not shown again.",
  secret: "Signing key",
  secretHint: "Leave empty when signing is not chosen",
  name: "Heading of the messages",
  nameHint: "For example: North station; put the robot's keyword in, if it has one",
  rules: "Only these deadlines (none chosen: all)",
  allRules: "All deadlines",
  lang: "Language of the group",
  lang_zh: "Chinese",
  lang_en: "English",
} as const;
