import { useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { useId, useState } from "react";
import { catalogQuery } from "@/api/queries/shared";
import type { VerdictFacts } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { NumberInput } from "@/shared/form/fields/plain";
import DateField from "@/shared/form/fields/DateField";
import { now } from "@/shared/time/clock";
import { dayOf } from "@/shared/time/format";

const papers = ["invoice", "card", "card_matches"] as const;

const dateField = (id: string) => ({
  id,
  title: { zh: "", en: "" },
  kind: "date" as const,
  required: false,
  visible: true,
});

/** Facts to try: bought a year ago, all papers there, part and fault to be chosen. */
export function useFacts() {
  const today = dayOf(now());
  const [facts, setFacts] = useState<VerdictFacts>({
    product: "ebike",
    component: "",
    fault: "",
    invoice_date: `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`,
    reported_on: today,
    causes: [],
    evidence: { invoice: true, card: true, card_matches: true },
    measurements: {},
  });
  const put = (part: Partial<VerdictFacts>) => setFacts({ ...facts, ...part });
  return { facts, put, asked: Boolean(facts.component && facts.fault && facts.reported_on) };
}

interface Props {
  facts: VerdictFacts;
  put: (part: Partial<VerdictFacts>) => void;
}

/** The facts a verdict is asked with, to be made up. */
export function Facts({ facts, put }: Props) {
  const { t, say } = useSpeech();
  const id = useId();
  const { data: catalog } = useQuery(catalogQuery);
  const faults = catalog?.faults.filter((fault) => fault.components.includes(facts.component));
  const choice = (
    name: "component" | "fault",
    items: { id: string; title: { zh: string; en: string } }[] | undefined,
  ) => (
    <Select
      id={`${id}-${name}`}
      showSearch={{ optionFilterProp: "label" }}
      style={{ width: "100%" }}
      placeholder={t("form.choose")}
      value={facts[name] || null}
      options={items?.map((item) => ({ value: item.id, label: say(item.title) })) ?? []}
      onChange={(next: string) =>
        put(name === "component" ? { component: next, fault: "" } : { fault: next })
      }
    />
  );
  const label = (name: string, words: string) => <label htmlFor={`${id}-${name}`}>{words}</label>;
  return (
    <>
      {label("component", t("rulebook.component"))}
      {choice("component", catalog?.components)}
      {label("fault", t("rulebook.fault"))}
      {choice("fault", faults)}
      {label("invoice", t("rulebook.invoiceDate"))}
      <DateField
        id={`${id}-invoice`}
        field={dateField("invoice_date")}
        value={facts.invoice_date}
        set={(next) => put({ invoice_date: next as string | null })}
        invalid={false}
      />
      {label("reported", t("rulebook.reportedOn"))}
      <DateField
        id={`${id}-reported`}
        field={dateField("reported_on")}
        value={facts.reported_on}
        set={(next) => put({ reported_on: (next as string | null) ?? "" })}
        invalid={false}
      />
      {facts.fault === "low_capacity" && (
        <>
          {label("capacity", t("rulebook.capacity_pct"))}
          <NumberInput
            id={`${id}-capacity`}
            unit="%"
            value={facts.measurements?.["capacity_pct"] ?? null}
            set={(next) => put({ measurements: next === null ? {} : { capacity_pct: next } })}
          />
        </>
      )}
      {label("causes", t("rulebook.causes"))}
      <Select
        id={`${id}-causes`}
        mode="multiple"
        style={{ width: "100%" }}
        value={facts.causes ?? []}
        options={catalog?.causes.map((one) => ({ value: one.id, label: say(one.title) })) ?? []}
        onChange={(causes: string[]) => put({ causes })}
      />
      <div className="row try-papers">
        {papers.map((paper) => {
          const has = facts.evidence?.[paper] !== false;
          return (
            <button
              key={paper}
              type="button"
              className="chip"
              aria-pressed={has}
              onClick={() => put({ evidence: { ...facts.evidence, [paper]: !has } })}
            >
              {t(`facts.${paper}`)}
            </button>
          );
        })}
      </div>
    </>
  );
}
