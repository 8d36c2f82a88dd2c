import { freshKey, Refused } from "@/api/client";
import type { Action, Case } from "@/api/types";
import { act } from "../api/queries";

/** The process of claims on the maker and the act that decides one, as the pack names them. */
export const CLAIM = { process: "claim", state: "submitted", act: "review_claim" };

const LINES = "claim_lines";
const HITS = "hits";

/** A row of a doubt that names the case it leads to. */
export interface Hit {
  check: string;
  number?: string;
  case?: string;
  /** Where pictures were used twice: this case's, and the other's. */
  photos?: string[];
  twins?: string[];
}

/** The act of whoever looks, where they may review this claim. */
export function reviewOf(one: Case): Action | undefined {
  return one.actions.find((action) => action.id === CLAIM.act && action.mine);
}

export const hitsOf = (one: Case): Hit[] => (one.data[HITS] as Hit[] | undefined) ?? [];

/** The pictures that stand in both cases, each with what is said of them. */
export function twins(hits: Hit[], said: string): Map<string, string> {
  const both = hits.flatMap((hit) => [...(hit.photos ?? []), ...(hit.twins ?? [])]);
  return new Map(both.map((file) => [file, said]));
}

/**
 * What approves every line as it was claimed; nothing where somebody must look first: a doubt, a
 * call-back that was drawn, a line sent back before, an act that is refused.
 */
export function plainApproval(one: Case): Record<string, unknown> | null {
  const action = reviewOf(one);
  if (!action || action.blocked || hitsOf(one).length > 0) return null;
  const fields = action.form?.fields.filter((field) => field.visible) ?? [];
  const lines = fields.find((field) => field.id === LINES);
  const other = fields.some((field) => field.kind === "yes_no");
  const rows = (lines?.value as Record<string, unknown>[] | null) ?? [];
  if (other || rows.length === 0 || rows.some((row) => row["decision"] !== undefined)) return null;
  return { [LINES]: rows.map((row) => ({ ...row, decision: "approve" })) };
}

/**
 * Approves a claim that nothing speaks against; whether it was done. One that the rules refuse, as
 * above the right of whoever decides, waits for somebody else and stops none of the others.
 */
export async function approvePlain(one: Case): Promise<boolean> {
  const form = plainApproval(one);
  if (!form) return false;
  try {
    await act(one, CLAIM.act, { form }, freshKey());
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status < 500) return false;
    throw error;
  }
}
