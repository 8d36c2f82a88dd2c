import type { DraftItem, Keys } from "@/api/drafts";
import type { ProcessPage } from "@/api/types";
import type { Speech } from "@/shared/i18n";
import { spanParts } from "./SpanInput";
import type { FactNames } from "./fields";

export interface Warn {
  before?: string;
  opens?: boolean;
  to: string[];
  notify?: string;
}

/** What a breach does; an effect that is no message is kept as it is. */
export type Breach = Record<string, unknown> & { notify?: string; to?: string[] };

export interface Escalate {
  after: string;
  effects: Breach[];
}

export const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

/** People a deadline can tell besides roles. */
const told = ["@owner", "@assignee", "@opener", "@customer", "@duty"] as const;

export interface Choice {
  value: string;
  label: string;
}

/** What a deadline of a process can name. */
export interface Names {
  triggers: Choice[];
  people: Choice[];
  messages: Choice[];
  calendars: Choice[];
  /** Settings that say a length: `params.reply_within` by its name. */
  settings: Choice[];
  /** What the facts are called that an expression names: `data.meeting_by`. */
  facts: FactNames;
}

/** The names of a process, and those the deadline uses already. */
export function namesOf(
  page: ProcessPage | undefined,
  items: readonly Pick<DraftItem, "kind" | "id" | "title">[],
  keys: Keys,
  facts: FactNames,
  { t, say }: Speech,
): Names {
  const states = page?.process.state ?? [];
  const acts = page ? [page.process.start, ...page.process.action] : [];
  const short = (state: { track: string; id: string }) =>
    state.track === "main" ? state.id : `${state.track}.${state.id}`;
  const triggers = [
    ...states.map((state) => ({
      value: `enter ${short(state)}`,
      label: t("drafts.enters", { name: say(state.title) }),
    })),
    ...states.map((state) => ({
      value: `leave ${short(state)}`,
      label: t("drafts.leaves", { name: say(state.title) }),
    })),
    ...acts.map((act) => ({
      value: `action ${act.id}`,
      label: t("drafts.does", { name: say(act.title) }),
    })),
    { value: "customer acts", label: t("drafts.customerActs") },
  ];
  const named = (kind: DraftItem["kind"]) =>
    items
      .filter((item) => item.kind === kind)
      .map((item) => ({ value: item.id, label: say(item.title) || item.id }));
  const own = keys["calendar"];
  const people = [
    ...told.map((value) => ({ value, label: t(`drafts.told_${value.slice(1) as "owner"}`) })),
    ...Object.entries(page?.roles ?? {}).map(([value, title]) => ({ value, label: say(title) })),
  ];
  const calendars = ["always", "cn_workdays", typeof own === "string" ? own : "always"];
  return {
    triggers,
    people: [...people, ...others(keys, people, facts, { t, say })],
    facts,
    messages: named("message"),
    settings: named("parameter"),
    calendars: [...new Set(calendars)].map((value) => ({
      value,
      label:
        value === "always"
          ? t("drafts.calendarAlways")
          : value === "cn_workdays"
            ? t("drafts.calendarWorkdays")
            : value,
    })),
  };
}

/** People the deadline names already by a field or in the unit above: `@data.holder`. */
function others(
  keys: Keys,
  known: Choice[],
  facts: FactNames,
  { t, say }: Pick<Speech, "t" | "say">,
): Choice[] {
  const effects = [
    ...list<Breach>(keys["breach"]),
    ...list<Escalate>(keys["escalate"]).flatMap((one) => one.effects),
  ];
  const named = [
    ...list<Warn>(keys["warn"]).flatMap((warn) => warn.to),
    ...effects.flatMap((effect) => list<string>(effect.to)),
  ];
  const label = (value: string) => {
    if (value.startsWith("above:")) {
      const role = value.slice("above:".length);
      const name = known.find((each) => each.value === role)?.label ?? role;
      return t("drafts.toldAbove", { name });
    }
    return say(facts.get(value.slice(1))) || value;
  };
  const missing = named.filter((value) => known.every((each) => each.value !== value));
  return [...new Set(missing)].map((value) => ({ value, label: label(value) }));
}

/** A length in words: `24 h` is 24 小时; words and settings stay. */
export function spanWords(text: unknown, names: Names, { t }: Speech): string {
  if (typeof text !== "string") return t("drafts.lengthByCase");
  const setting = names.settings.find((each) => text === `params.${each.value}`);
  if (setting) return t("drafts.lengthBySetting", { name: setting.label });
  const parts = spanParts(text);
  if (!parts) return text;
  return `${parts.count} ${t(`drafts.unit_${parts.unit as "h"}`)}`;
}

/** An instant in words: `data.requested_at + 24 h` is “要求时间” + 24 小时. */
export function instantWords(text: string, names: Names, speech: Speech): string {
  const quoted = text.replace(/\b[a-z_]+(?:\.[a-z0-9_]+)*\b/g, (path) => {
    const title = names.facts.get(path);
    return title ? `“${speech.say(title)}”` : path;
  });
  return quoted.replace(/\b\d+ (?:min|h|d|workday|mo|y)\b/g, (span) =>
    spanWords(span, names, speech),
  );
}

/** The deadline as one sentence, as somebody would read it out. */
export function deadlineSentence(keys: Keys, names: Names, speech: Speech): string {
  const { t, lang } = speech;
  const [comma, stop, semi] = lang === "zh" ? ["、", "。", ";"] : [", ", ".", "; "];
  const word = (from: Choice[], value: string) =>
    from.find((each) => each.value === value)?.label ?? value;
  const all = (from: Choice[], values: string[]) =>
    values.map((value) => word(from, value)).join(comma);
  const starts = all(names.triggers, list<string>(keys["starts"]));
  const stops = all(names.triggers, list<string>(keys["stops"]));
  const until = keys["until"];
  const said = [
    typeof until === "string"
      ? t("drafts.sayUntil", { starts, until: instantWords(until, names, speech), stops })
      : t("drafts.sayWithin", { starts, span: spanWords(keys["within"], names, speech), stops }),
    t("drafts.sayCalendar", {
      calendar: word(names.calendars, (keys["calendar"] as string | undefined) ?? "always"),
    }),
  ];
  const lasts = (text: unknown) => spanWords(text, names, speech);
  if (keys["repeat"]) said.push(t("drafts.sayRepeat", { span: lasts(keys["repeat"]) }));
  for (const warn of list<Warn>(keys["warn"])) {
    const to = all(names.people, warn.to);
    said.push(
      warn.before
        ? t("drafts.sayWarn", { span: lasts(warn.before), to })
        : t("drafts.sayOpens", { to }),
    );
  }
  const tell = (effect: Breach) =>
    t("drafts.sayTell", {
      to: all(names.people, list<string>(effect.to)),
      message: word(names.messages, effect.notify ?? ""),
    });
  const breach = list<Breach>(keys["breach"]).filter((effect) => effect.notify);
  if (breach.length > 0) {
    said.push(t("drafts.sayBreach", { what: breach.map(tell).join(comma) }));
  }
  for (const one of list<Escalate>(keys["escalate"])) {
    const what = one.effects.filter((effect) => effect.notify).map(tell);
    said.push(
      t("drafts.sayEscalate", { span: lasts(one.after), what: what.join(comma) }),
    );
  }
  return said.join(semi) + stop;
}
