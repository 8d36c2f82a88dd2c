import type { Verdict } from "@/api/types";
import type { Dictionary, Key, Language, Speech } from "@/shared/i18n";

const payer = {
  maker: "cases.byMaker",
  customer: "cases.byCustomer",
  station: "cases.byStation",
  supplier: "cases.bySupplier",
} as const;

const basis: Record<string, Key> = {
  invoice: "cases.basisInvoice",
  registration: "cases.basisRegistration",
  registered: "cases.basisRegistration",
  activation: "cases.basisActivation",
  activated: "cases.basisActivation",
  manufacture: "cases.basisManufacture",
  manufactured: "cases.basisManufacture",
};

/** `Covered, replace, maker pays`. */
export function verdictTitle(verdict: Verdict, t: Speech["t"]): string {
  if (verdict.covered === null) return t("cases.undecided");
  const words = [t(verdict.covered ? "cases.covered" : "cases.notCovered")];
  if (verdict.remedy) words.push(t(`cases.${verdict.remedy}`));
  if (verdict.payer) words.push(t(payer[verdict.payer]));
  return words.join(" · ");
}

/** Sentences as one paragraph; those of the server carry no full stop of their own. */
export function joined(sentences: readonly string[], lang: Language): string {
  const gap = lang === "zh" ? ";" : "; ";
  return sentences.map((each) => each.replace(/[。.;;]\s*$/, "")).join(gap);
}

/** What is missing, in the words of the trade. */
export function missingWords(missing: readonly string[], { t, lang }: Speech): string {
  const known = (key: string): key is keyof Dictionary["facts"] =>
    !t(`facts.${key}` as Key).startsWith("facts.");
  return missing
    .map((fact) => {
      const key = fact.split(".").pop() ?? fact;
      return known(key) ? t(`facts.${key}`) : fact;
    })
    .join(lang === "zh" ? "、" : ", ");
}

/** `From 2025-01-10 (invoice date) to 2027-01-10, 51 days left`. */
export function termLine(verdict: Verdict, t: Speech["t"]): string | null {
  const { term } = verdict;
  if (!term) return null;
  const how = basis[term.start_basis];
  const line = t("cases.termLine", {
    starts: term.starts,
    basis: how ? t(how) : term.start_basis,
    ends: term.ends,
    days: term.days_left,
  });
  if (!term.suspended_days) return line;
  return `${line} · ${t("cases.suspended", { n: term.suspended_days })}`;
}
