export const tokens = {
  title: "Tokens of programs",
  text:
    "Lets another program (stock keeping, reports) work for you. A token has the part of your " +
    "rights that you choose, and loses what you lose.",
  textOther:
    "Who signs in makes their own. For the account of a program (no password set) they are made " +
    "here.",
  none: "There are no tokens yet.",
  add: "New token",
  name: "Which program it is for",
  nameHint: "Stock keeping, for example",
  rights: "What it may do",
  org: "At which unit, with what lies below",
  endsOn: "Last day, a year away at the most",
  password: "Your present password",
  make: "Make the token",
  madeTitle: "The token is made",
  madeText: "Put it into the program now: it is shown once, and nobody sees it again.",
  secret: "Token",
  kept: "I have it",
  end: "End",
  endNow: "End it now",
  state_valid: "valid",
  state_expired: "expired",
  state_ended: "ended",
  until: "until {at}",
  endedAt: "ended {at} by {by}",
  lastUsed: "last used {at}",
  neverUsed: "never used",
  madeBy: "made by {name}",
  through: "token \"{name}\"",
} as const;
