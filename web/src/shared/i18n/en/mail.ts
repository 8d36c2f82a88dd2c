export const mail = {
  title: "Mail",
  none: "There is no mail server yet: the operator writes [smtp] in the channels file.",
  to: "To which address",
  test: "Send a test letter",
  state_sent: "The mail server took it; look into the mailbox.",
  state_refused: "The mail server refused it:",
  state_later: "It cannot be sent now:",
  state_unknown: "Cut off; it may have been sent:",
  wechat: "WeChat account",
  order: "Customers are told by",
  none_channels: "No channel is set up: each customer is telephoned.",
} as const;
