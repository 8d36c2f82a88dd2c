import Image from "antd/es/image";
import { type ReactNode, useState } from "react";
import { fileAddress } from "@/api/files";
import type { Case, Label, Line, PartRow } from "@/api/types";
import { type Speech, useSpeech } from "@/shared/i18n";
import { HeldCases, isHeld } from "@/shared/form/HeldCases";
import { Terms, isTerms } from "@/shared/form/Terms";
import { LinesView } from "@/shared/form/lines/LinesView";
import { PartsView } from "@/shared/form/parts/PartsView";
import { type Row, RowsTable } from "@/shared/form/rows/RowsTable";
import { empty } from "@/shared/form/state";
import { useShowComputed } from "@/shared/form/show";
import { yuan } from "@/shared/money";
import { dateTime } from "@/shared/time/format";
import { Tag } from "@/shared/ui/Tag";

const FEW = 8;
const pictures = new Set(["photos", "signature"]);
const tables = new Set(["lines", "parts", "rows"]);

/** What the forms of this case wrote so far: sheets of lines, answers, pictures. */
export function Recorded({ one, editing }: { one: Case; editing: readonly string[] }) {
  const { t, say } = useSpeech();
  const [all, setAll] = useState(false);
  const filled = Object.entries(one.labels)
    .filter(([field]) => !empty(one.data[field]))
    .sort(([, a], [, b]) => a.place - b.place);
  // A sheet that is being edited above is not shown a second time.
  const sheets = filled.filter(
    ([field, label]) => tables.has(label.kind) && !editing.includes(field),
  );
  const shots = filled.filter(([, label]) => pictures.has(label.kind));
  const plain = (label: Label) => !tables.has(label.kind) && !pictures.has(label.kind);
  const answers = filled.filter(([, label]) => plain(label));
  if (filled.length === 0) return null;
  return (
    <>
      {sheets.map(([field, label]) => (
        <section key={field} className="card">
          <h2>{say(label.title)}</h2>
          <Sheet label={label} value={one.data[field]} />
        </section>
      ))}
      {(answers.length > 0 || shots.length > 0) && (
        <section className="card">
          <h2>{t("cases.recorded")}</h2>
          <dl className="recorded">
            {(all ? answers : answers.slice(0, FEW)).map(([field, label]) => (
              <div key={field}>
                <dt>{say(label.title)}</dt>
                <dd>
                  <Answer label={label} value={one.data[field]} />
                </dd>
              </div>
            ))}
          </dl>
          {answers.length > FEW && !all && (
            <button type="button" className="link small" onClick={() => setAll(true)}>
              {t("cases.showRecorded")}
            </button>
          )}
          {shots.map(([field, label]) => (
            <Shots key={field} title={say(label.title)} label={label} value={one.data[field]} />
          ))}
        </section>
      )}
    </>
  );
}

function Sheet({ label, value }: { label: Label; value: unknown }) {
  if (label.kind === "rows") {
    return <RowsTable rows={value as Row[]} columns={label.columns ?? []} />;
  }
  if (label.kind === "parts") {
    return <PartsView rows={value as PartRow[]} count={label.catalog === "count"} />;
  }
  return <LinesView lines={value as Line[]} />;
}

function Answer({ label, value }: { label: Label; value: unknown }): ReactNode {
  const { t, say } = useSpeech();
  const show = useShowComputed();
  const named = (key: unknown) =>
    say(label.choices?.find((choice) => choice.id === key)?.title) || String(key);
  if (label.word) return say(label.word);
  switch (label.kind) {
    case "choice":
      return named(value);
    case "multi_choice":
      return (value as string[]).map(named).join(" · ");
    case "checklist":
      return <Checked value={value as Record<string, boolean>} named={named} t={t} />;
    case "money":
      return yuan(value as number);
    case "instant":
      return dateTime(value as string);
    case "rating":
      return "★".repeat(value as number);
    case "measurement": {
      const of = value as Record<string, string | number | null>;
      const conditions = [
        of["instrument"],
        of["temperature"] !== undefined && of["temperature"] !== null && `${of["temperature"]} ℃`,
        of["charge"] !== undefined && of["charge"] !== null && `${of["charge"]} %`,
      ].filter(Boolean);
      return `${of["value"]} ${say(label.unit)} (${conditions.join(", ")})`.replace(" ()", "");
    }
    case "people_rows":
      return <Listed label={label} rows={value as Record<string, unknown>[]} />;
    case "file":
      return (value as string[]).map((file, i) => (
        <a key={file} href={fileAddress(file)} target="_blank" rel="noreferrer">{`#${i + 1} `}</a>
      ));
    default:
      if (isHeld(value)) return <HeldCases rows={value} />;
      if (isTerms(value)) return <Terms rows={value} />;
      return show(value, say(label.unit) || null);
  }
}

function Listed({ label, rows }: { label: Label; rows: Record<string, unknown>[] }) {
  const { t, say } = useSpeech();
  const word = (value: unknown) =>
    typeof value === "boolean" ? t(value ? "words.yes" : "words.no") : String(value);
  const said = (row: Record<string, unknown>) =>
    (label.columns ?? [])
      .filter((column) => !empty(row[column.id]))
      .map((column) => `${say(column.title)} ${word(row[column.id])}`)
      .join(" · ");
  return (
    <ul className="people-said">
      {rows.map((row) => (
        <li key={String(row["person"])}>
          {label.people?.[String(row["person"])] ?? String(row["person"])}
          {said(row) && <span className="muted"> {said(row)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Checked(props: {
  value: Record<string, boolean>;
  named: (key: unknown) => string;
  t: Speech["t"];
}) {
  const keys = Object.keys(props.value);
  return keys.map((key, i) => (
    <span key={key} className={props.value[key] ? "" : "late"}>
      {props.named(key)}: {props.t(props.value[key] ? "words.yes" : "words.no")}
      {i < keys.length - 1 && " · "}
    </span>
  ));
}

export function Shots(props: {
  title: string;
  label: Label;
  value: unknown;
  /** Pictures to be looked at first, with why. */
  marked?: ReadonlyMap<string, string> | undefined;
}) {
  const { title, label, value, marked } = props;
  const { say } = useSpeech();
  const list = (Array.isArray(value) ? value : [value]) as { file: string; slot?: string }[];
  return (
    <div className="shots">
      <span className="muted small">{title}</span>
      <Image.PreviewGroup>
        <div className={label.kind === "signature" ? "shots-row signed" : "shots-row"}>
          {list.map((shot) => {
            const slot = say(label.choices?.find((choice) => choice.id === shot.slot)?.title);
            const why = marked?.get(shot.file);
            return (
              <figure key={shot.file} title={slot} className={why && "marked"}>
                <Image src={fileAddress(shot.file)} alt={slot || title} />
                {slot && <figcaption>{slot}</figcaption>}
                {why && <Tag tone="bad">{why}</Tag>}
              </figure>
            );
          })}
        </div>
      </Image.PreviewGroup>
    </div>
  );
}
