import type { Dictionary } from "..";

export const migrations: Dictionary["migrations"] = {
  title: "Move open cases to another release",
  lead:
    "A case keeps the release it was opened under. Where it shall move, try it here first, see " +
    "what becomes of each, then do it. What cannot move stays, with the reason.",
  noCases: "There are no open cases",
  allCurrent: "All open cases run under the release in force; there is nothing to move.",
  release: "Release",
  process: "Process",
  open: "Open",
  choose: "Move",
  move: "Move",
  moveOf: "{process}: from {release} to another release",
  to: "To",
  name: "Name",
  nameHint: "For example: one standard at year's end",
  reason: "Reason",
  dry: "Try it",
  doIt: "Move {n} {n:case|cases}",
  seen: "{n} looked at",
  cutShort: "It ended in between: what moved has moved, the rest has not. Try it again to go on.",
  wouldBe: "Tried: {moves} can move, {stays} cannot, {already} run under it. None moved yet.",
  done: "{moves} moved, {stays} stayed, {already} ran under it before.",
  fate_moves: "Can move",
  fate_moved: "Moved",
  fate_stays: "Cannot move",
  fate_already: "Runs under it",
  nothingElse: "State, answers and deadlines stay as they are.",
};
