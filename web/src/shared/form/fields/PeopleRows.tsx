import Select from "antd/es/select";
import type { Candidate, Field } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import type { FieldProps } from "../skin";
import { Cell } from "./Cell";
import "./people.css";

interface Row extends Record<string, unknown> {
  person: string;
}

/** A list of people (名单), each with what the form asks of them; people are added by name. */
export default function PeopleRowsField({ id, field, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  const rows = (value as Row[] | null) ?? [];
  const people = new Map((field.candidates ?? []).map((one) => [one.id, one]));
  const there = new Set(rows.map((row) => row.person));
  const others = [...people.values()].filter((one) => !there.has(one.id));
  const put = (at: number, column: string, next: unknown) =>
    set(rows.map((row, i) => (i === at ? { ...row, [column]: next } : row)));
  const columns = field.columns ?? [];
  return (
    <div id={id} role="group" aria-label={say(field.title)} className="people-rows">
      {rows.length > 0 && (
        <ul className={columns.length > 0 ? "people-list asked" : "people-list"}>
          {rows.map((row, at) => (
            <li key={row.person}>
              <Who person={people.get(row.person)} id={row.person} />
              {columns.map((column) => (
                <div key={column.id} className="people-cell">
                  <span className="muted small" aria-hidden>
                    {say(column.title)}
                  </span>
                  <Cell
                    column={column}
                    label={`${people.get(row.person)?.name ?? ""} ${say(column.title)}`}
                    value={row[column.id] ?? null}
                    set={(next) => put(at, column.id, next)}
                    invalid={invalid && column.required && (row[column.id] ?? null) === null}
                  />
                </div>
              ))}
              <button
                type="button"
                className="people-remove"
                aria-label={t("form.removePerson", { name: people.get(row.person)?.name ?? "" })}
                onClick={() => set(rows.filter((_, i) => i !== at))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <Select
        showSearch={{ optionFilterProp: "label" }}
        style={{ width: "100%" }}
        aria-label={t("form.addPerson")}
        placeholder={t("form.addPerson")}
        status={invalid && rows.length === 0 ? "error" : ""}
        value={null}
        options={others.map((one) => ({ value: one.id, label: named(one) }))}
        onChange={(next: string | null) => next && set([...rows, { person: next }])}
      />
      <Filler field={field} rows={rows} set={set} />
    </div>
  );
}

const named = (one: Candidate) => (one.org ? `${one.name} · ${one.org}` : one.name);

function Who({ person, id }: { person: Candidate | undefined; id: string }) {
  return (
    <span className="people-who">
      <b>{person?.name ?? id}</b>
      {person?.org && <span className="muted small">{person.org}</span>}
    </span>
  );
}

/** One click says yes to everybody still open, where the list asks one yes or no. */
function Filler(props: { field: Field; rows: Row[]; set: (value: unknown) => void }) {
  const { t } = useSpeech();
  const asked = (props.field.columns ?? []).filter((column) => column.kind === "yes_no");
  const only = asked.length === 1 ? asked[0] : undefined;
  const open = only ? props.rows.filter((row) => typeof row[only.id] !== "boolean") : [];
  if (!only || open.length < 2 || props.field.columns?.length !== 1) return null;
  const all = () =>
    props.set(
      props.rows.map((row) =>
        typeof row[only.id] === "boolean" ? row : { ...row, [only.id]: true },
      ),
    );
  return (
    <button type="button" className="link small people-all" onClick={all}>
      {t("form.allPresent")}
    </button>
  );
}
