import type { Action, Case } from "@/api/types";

/** An act that several cases allow now. */
export interface Together {
  process: string;
  action: Action;
  cases: Case[];
  /** How many cases were asked about. */
  asked: number;
}

/** What a form asks, without what the server filled in for its case. */
const asks = (action: Action) =>
  JSON.stringify(action.form?.fields.map(({ id, kind, required }) => [id, kind, required]) ?? []);

const suits = (action: Action) =>
  action.batch && action.mine && action.blocked === null && !action.needs_reason;

/** The acts that at least two of these cases allow me, the most frequent first. */
export function actsFor(cases: readonly Case[]): Together[] {
  const found = new Map<string, Together>();
  for (const one of cases) {
    for (const action of one.actions.filter(suits)) {
      const key = `${one.process.id}/${action.id}/${asks(action)}`;
      const known = found.get(key);
      if (known) known.cases.push(one);
      else {
        const process = one.process.id;
        found.set(key, { process, action, cases: [one], asked: cases.length });
      }
    }
  }
  const several = [...found.values()].filter((one) => one.cases.length > 1 || cases.length === 1);
  return several.sort((a, b) => b.cases.length - a.cases.length);
}
