import { expect, test } from "vitest";
import type { Mark, Offer } from "@/api/types";
import { groups, todos } from "./group";

const NOW = Date.parse("2026-11-21T02:00:00Z");
const text = { zh: "x", en: "x" };

function offer(id: string, action: string, mark: Mark, due: string | null): Offer {
  return {
    case: {
      id,
      number: id,
      process: "repair_order",
      process_title: text,
      state: { id: "s", title: text },
      unit: null,
      customer_masked: null,
    },
    action,
    action_title: text,
    mark,
    due_at: due,
    deadline_title: null,
    late: false,
    blocked: null,
  deputy_for: null,
  handed_by: null,
  };
}

test("late first, then by deadline, one row a case with its primary act", () => {
  const found = todos(
    [
      offer("c", "note", "secondary", null),
      offer("a", "wait", "secondary", "2026-11-21T02:20:00Z"),
      offer("a", "assign", "primary", "2026-11-21T02:20:00Z"),
      offer("b", "call", "primary", "2026-11-21T01:00:00Z"),
      offer("d", "judge", "primary", "2026-11-21T09:00:00Z"),
    ],
    NOW,
  );
  const shown = groups.map((group) => found[group].map((todo) => todo.offer.action));
  expect(shown).toEqual([["call"], ["assign"], ["judge"], [], ["note"]]);
  expect(found.soon[0]?.others.map((other) => other.action)).toEqual(["wait"]);
});
