import type { Action, Case } from "@/api/types";

/**
 * The act the page opens with: mine, primary and possible. Of several the one not done yet, or
 * done longest ago, for a judgement that could be repeated is not what comes next.
 */
export function nextAct(one: Pick<Case, "actions" | "timeline">): Action | null {
  const primary = one.actions.filter(
    (action) => action.mine && action.mark === "primary" && !action.approvals?.mine,
  );
  const done = (action: Action) =>
    one.timeline
      .filter((entry) => entry.subject === action.id)
      .map((entry) => entry.occurred_at)
      .sort()
      .pop() ?? "";
  const sorted = [...primary].sort(
    (a, b) =>
      Number(a.blocked !== null) - Number(b.blocked !== null) || done(a).localeCompare(done(b)),
  );
  return sorted[0] ?? null;
}
