import Button from "antd/es/button";
import Select from "antd/es/select";
import type { ReactNode } from "react";
import { useSpeech } from "@/shared/i18n";
import { SpanInput } from "./SpanInput";
import type { Breach, Choice, Escalate, Names, Warn } from "./deadline";

interface SeveralProps {
  label: string;
  options: Choice[];
  value: string[];
  set: (value: string[]) => void;
  off: boolean;
  one?: boolean;
}

/** One or several of a list, found by typing. */
export function Several({ label, options, value, set, off, one = false }: SeveralProps) {
  const shared = {
    "aria-label": label,
    disabled: off,
    options,
    showSearch: { optionFilterProp: "label" },
    style: { minWidth: 310, flex: "1 1 310px", maxWidth: one ? 340 : "100%" },
  };
  return one ? (
    <Select {...shared} value={value[0] ?? null} onChange={(next: string) => set([next])} />
  ) : (
    <Select {...shared} mode="multiple" value={value} onChange={set} />
  );
}

interface Rows<T> {
  value: T[];
  set: (value: T[]) => void;
  off: boolean;
  /** A new row. */
  fresh: T;
  name: string;
  row: (item: T, set: (item: T) => void) => ReactNode;
}

function Many<T>({ value, set, off, fresh, name, row }: Rows<T>) {
  const { t } = useSpeech();
  const change = (at: number) => (item: T) =>
    set(value.map((known, i) => (i === at ? item : known)));
  return (
    <div className="stack draft-many">
      {value.map((item, i) => (
        <div key={i} className="row">
          {row(item, change(i))}
          {!off && (
            <Button
              size="small"
              aria-label={`${t("drafts.takeAway")} ${name} ${i + 1}`}
              onClick={() => set(value.filter((_, at) => at !== i))}
            >
              ×
            </Button>
          )}
        </div>
      ))}
      {!off && (
        <div>
          <Button size="small" onClick={() => set([...value, fresh])}>
            {t("drafts.add")} {name}
          </Button>
        </div>
      )}
    </div>
  );
}

interface Props<T> {
  names: Names;
  value: T[];
  set: (value: T[]) => void;
  off: boolean;
}

/** Warnings before it is due: how long before, and whom. */
export function Warns({ names, value, set, off }: Props<Warn>) {
  const { t } = useSpeech();
  return (
    <Many
      value={value}
      set={set}
      off={off}
      fresh={{ before: "1 h", to: ["@owner"] }}
      name={t("drafts.warn")}
      row={(warn, put) => (
        <>
          {warn.opens ? (
            <span>{t("drafts.windowOpens")}</span>
          ) : (
            <SpanInput
              label={t("drafts.before")}
              value={warn.before ?? ""}
              set={(before) => put({ ...warn, before })}
              off={off}
            />
          )}
          <Several
            label={t("drafts.whom")}
            options={names.people}
            value={warn.to}
            set={(to) => put({ ...warn, to })}
            off={off}
          />
        </>
      )}
    />
  );
}

/** Who is told what; other effects are shown and kept as they are. */
export function Tells({ names, value, set, off }: Props<Breach>) {
  const { t } = useSpeech();
  return (
    <Many
      value={value}
      set={set}
      off={off}
      fresh={{ notify: names.messages[0]?.value ?? "", to: ["@owner"] }}
      name={t("drafts.notice")}
      row={(effect, put) =>
        effect.notify === undefined ? (
          <code className="small">{JSON.stringify(effect)}</code>
        ) : (
          <Tell effect={effect} put={put} names={names} off={off} />
        )
      }
    />
  );
}

interface TellProps {
  effect: Breach;
  put: (effect: Breach) => void;
  names: Names;
  off: boolean;
}

function Tell({ effect, put, names, off }: TellProps) {
  const { t } = useSpeech();
  return (
    <>
      <Several
        label={t("drafts.whom")}
        options={names.people}
        value={effect.to ?? []}
        set={(to) => put({ ...effect, to })}
        off={off}
      />
      <Several
        one
        label={t("drafts.message")}
        options={names.messages}
        value={[effect.notify ?? ""]}
        set={([notify]) => put({ ...effect, notify: notify ?? "" })}
        off={off}
      />
    </>
  );
}

/** What follows while it stays broken, step by step. */
export function Escalations({ names, value, set, off }: Props<Escalate>) {
  const { t } = useSpeech();
  const fresh = { after: "1 d", effects: [{ notify: names.messages[0]?.value ?? "", to: [] }] };
  return (
    <Many<Escalate>
      value={value}
      set={set}
      off={off}
      fresh={fresh}
      name={t("drafts.stepName")}
      row={(one, put) => (
        <>
          <SpanInput
            label={t("drafts.after")}
            value={one.after}
            set={(after) => put({ ...one, after })}
            off={off}
          />
          {one.effects.map((effect, i) => (
            <Tell
              key={i}
              effect={effect}
              put={(next) =>
                put({ ...one, effects: one.effects.map((each, at) => (at === i ? next : each)) })
              }
              names={names}
              off={off || effect.notify === undefined}
            />
          ))}
        </>
      )}
    />
  );
}
