import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Select from "antd/es/select";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading, sentence } from "@/shared/ui/States";
import { type Brings, type ImportColumns, type Said, columnsQuery } from "../api/queries";

/** Columns shown at most; the server reads no more of them. */
const MOST = 64;
const SAMPLES = 2;

interface Props {
  file: File;
  kind: Brings;
  /** Gives the file again, read as was said; rejects where it cannot be. */
  give: (said: Said) => Promise<void>;
  cancel: () => void;
}

/** Which column is which, said by hand: remembered by its headings for the next workbook. */
export function Columns({ file, kind, give, cancel }: Props) {
  const looked = useQuery(columnsQuery(kind, file));
  if (looked.isPending) {
    return (
      <section className="card">
        <Loading lines={6} />
      </section>
    );
  }
  if (looked.isError) {
    return <Failed error={looked.error} retry={() => void looked.refetch()} />;
  }
  return <Chooser looked={looked.data} give={give} cancel={cancel} />;
}

type Chosen = Readonly<Record<number, string>>;

type ChooserProps = { looked: ImportColumns } & Omit<Props, "file" | "kind">;

function Chooser({ looked, give, cancel }: ChooserProps) {
  const { t } = useSpeech();
  const [row, setRow] = useState(() => likely(looked));
  const [chosen, setChosen] = useState<Chosen>(() => guessed(looked, likely(looked)));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const taken = Object.values(chosen);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      await give({ sheet: looked.sheet, row, columns: chosen });
    } catch (failed) {
      setError(failed);
      setBusy(false);
    }
  };
  return (
    <section className="card stack">
      <div className="card-head">
        <h2>{t("imports.columns")}</h2>
        <span className="muted small">{t("imports.columnsHint")}</span>
      </div>
      <label className="import-head-row">
        <span>{t("imports.headerRow")}</span>
        <Select
          value={row}
          aria-label={t("imports.headerRow")}
          options={looked.rows.map((line) => ({
            value: line.row,
            label: t("imports.headerIs", {
              row: line.row,
              cells: line.cells.map((cell) => cell.text).join(" · "),
            }),
          }))}
          onChange={(next: number) => {
            setRow(next);
            setChosen(guessed(looked, next));
          }}
        />
      </label>
      <ul className="import-columns">
        {columns(looked, row).map(({ column, heading, samples }) => (
          <li key={column}>
            <b>{heading || t("imports.unnamed", { n: letter(column) })}</b>
            <span className="muted small">{samples.join(" · ")}</span>
            <Select
              aria-label={heading || letter(column)}
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              placeholder={t("imports.notRead")}
              value={chosen[column]}
              options={looked.keys.map(({ key, title }) => ({
                value: key,
                label: title,
                disabled: key !== chosen[column] && taken.includes(key),
              }))}
              onChange={(key: string | undefined) => {
                const rest = Object.entries(chosen).filter(([at]) => Number(at) !== column);
                setChosen(Object.fromEntries(key ? [...rest, [column, key]] : rest));
              }}
            />
          </li>
        ))}
      </ul>
      {error !== null && (
        <div className="notice bad" role="alert">
          {sentence(error, t)}
        </div>
      )}
      <div className="row">
        <Button
          type="primary"
          size="large"
          loading={busy}
          disabled={taken.length === 0}
          onClick={() => void send()}
        >
          {t("imports.checkSo")}
        </Button>
        <Button type="text" size="large" disabled={busy} onClick={cancel}>
          {t("words.cancel")}
        </Button>
      </div>
    </section>
  );
}

/** The row that is the header, or looks most like one. */
function likely(looked: ImportColumns): number {
  if (looked.header_row) return looked.header_row;
  const weight = (line: ImportColumns["rows"][number]) =>
    line.cells.filter((cell) => cell.key).length * MOST + line.cells.length;
  const best = looked.rows.reduce(
    (found, line) => (found && weight(found) >= weight(line) ? found : line),
    looked.rows[0],
  );
  return best?.row ?? 1;
}

/** What the headings of a row say by themselves. */
function guessed(looked: ImportColumns, row: number): Chosen {
  const cells = looked.rows.find((line) => line.row === row)?.cells ?? [];
  return Object.fromEntries(cells.flatMap(({ column, key }) => (key ? [[column, key]] : [])));
}

function columns(looked: ImportColumns, row: number) {
  const head = looked.rows.find((line) => line.row === row)?.cells ?? [];
  const below = looked.rows.filter((line) => line.row > row);
  const all = [head, ...below.map((line) => line.cells)].flat().map((cell) => cell.column);
  const places = [...new Set(all)].sort((a, b) => a - b).slice(0, MOST);
  return places.map((column) => ({
    column,
    heading: head.find((cell) => cell.column === column)?.text ?? "",
    samples: below
      .flatMap((line) => line.cells.filter((cell) => cell.column === column))
      .slice(0, SAMPLES)
      .map((cell) => cell.text),
  }));
}

/** The letter a spreadsheet shows above a column. */
function letter(column: number): string {
  const own = String.fromCharCode(65 + (column % 26));
  return column < 26 ? own : letter(Math.floor(column / 26) - 1) + own;
}
