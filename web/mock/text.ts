import type { Clause, Problem, Text } from "../src/api/types.ts";

/** Instants of the stand-in are told from now, so that countdowns run. */
export const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

export const tx = (zh: string, en: string): Text => ({ zh, en });

export const clause = (id: string, text: string): Clause => ({
  id,
  number: id.replace(/^[A-Z]+-/, ""),
  text,
});

export const refusal = (zh: string, ...clauses: Clause[]): Problem => ({
  code: "require-failed",
  detail: zh,
  clauses,
  remedy: null,
});
