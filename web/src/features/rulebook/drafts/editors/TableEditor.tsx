import Input from "antd/es/input/Input";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { Draft, DraftTable } from "@/api/drafts";
import { type Key, useSpeech } from "@/shared/i18n";
import { usePhone } from "@/shared/ui/usePhone";
import { getTable } from "../api";
import { Stands } from "../Stands";
import { useLive } from "../useLive";
import { useSaver } from "../useSaver";
import { Cards } from "../sheet/Cards";
import { Sheet } from "../sheet/Sheet";
import { columnsOf } from "../sheet/columns";
import { marksOf } from "../sheet/marks";
import { type Clash, merge } from "../sheet/merge";
import { idOf, rowsOf, type SheetRow, wishOf } from "../sheet/model";
import { useSheet } from "../sheet/useSheet";
import { shown } from "../sheet/words";
import { Findings } from "../review/Findings";

type Rows = readonly SheetRow[];

const text = (rows: Rows) => JSON.stringify(wishOf(rows));

interface Props {
  draft: Draft;
  path: string;
  table: DraftTable;
}

/** A decision table being edited: saved at each change, checked while it is typed. */
export function TableEditor({ draft, path, table }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const phone = usePhone();
  const [search] = useSearchParams();
  const [filter, setFilter] = useState("");
  const [start] = useState(() => rowsOf(table));
  const sheet = useSheet(start);
  const { rows, load, select } = sheet;
  const editable = table.editable && draft.can.includes("edit");
  // Widths stay while somebody types: they are those of the table as it was opened.
  const columns = useMemo(() => columnsOf(table, start, speech), [table, start, speech]);
  const { standing, edit, decide } = useSaver<Rows>({
    draft: draft.id,
    path,
    value: start,
    version: table.version,
    body: wishOf,
    get: async () => {
      const theirs = await getTable(path);
      return { value: rowsOf(theirs), version: theirs.version };
    },
    merge: (base, mine, theirs) => {
      const { rows: value, clashes } = merge(base, mine, theirs);
      return { value, clashes: clashes.map((clash) => ({ clash, theirs })) };
    },
    same: (a, b) => text(a) === text(b),
    came: load,
  });
  const sent = useRef<Rows>(start);
  useEffect(() => {
    if (sent.current === rows) return;
    sent.current = rows;
    edit(rows);
    // The saver is one as long as the table is.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rows]);
  const live = useLive(draft.id);
  const { ask } = live;
  const typing = useCallback(
    (wish: Rows | null) => {
      const { pack, id } = table;
      ask(wish && { kind: "table", pack, table: id, content: wishOf(wish) });
    },
    [ask, table],
  );
  const findings = live.findings ?? draft.findings;
  const marks = useMemo(
    () => marksOf(findings, table.pack, table.id),
    [findings, table.pack, table.id],
  );
  const view = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    const all = rows.map((_, i) => i);
    if (wanted === "") return all;
    return all.filter((i) =>
      rows[i]?.values.some((cell, c) => {
        const column = columns[c];
        const words = column ? shown(cell, column, speech) : "";
        return `${cell}\n${words}`.toLowerCase().includes(wanted);
      }),
    );
  }, [rows, filter, columns, speech]);
  const [wantedRow, wantedColumn] = [search.get("row"), search.get("column")];
  const goTo = (row: string | null, column: string | null) => {
    const at = rows.findIndex((each) => idOf(each) === row);
    if (at < 0) return;
    setFilter("");
    select({ row: at, column: Math.max(columns.findIndex((each) => each.name === column), 0) });
  };
  // Another place asked for by the address moves the cursor there.
  const place = `${wantedRow}/${wantedColumn}`;
  const [seen, setSeen] = useState("null/null");
  if (seen !== place) {
    setSeen(place);
    goTo(wantedRow, wantedColumn);
  }
  const clashes = standing.clashes as readonly { clash: Clash; theirs: Rows }[];
  const theirs = () => {
    let next: SheetRow[] = [...rows];
    for (const { clash, theirs: other } of clashes) {
      const there = other.find((row) => idOf(row) === clash.row);
      if (!there) next = next.filter((row) => idOf(row) !== clash.row);
      else if (clash.column === null) {
        const known = next.findIndex((row) => idOf(row) === clash.row);
        next.splice(known < 0 ? next.length : known, known < 0 ? 0 : 1, there);
      } else {
        const values = (row: SheetRow) =>
          row.values.map((value, i) => (i === clash.column ? clash.theirs : value));
        next = next.map((row) =>
          idOf(row) === clash.row ? { ...row, values: values(row) } : row,
        );
      }
    }
    decide(next);
  };
  const told = clashes.map(({ clash }) => {
    const column = clash.column === null ? "" : (columns[clash.column]?.label ?? "");
    const [mine, other] = [clash.mine || t("drafts.empty"), clash.theirs || t("drafts.empty")];
    return t("drafts.clashCell", { row: clash.row, column, mine, theirs: other });
  });
  const policy = `rulebook.hit_${table.hit_policy}` as Key;
  return (
    <div className="stack">
      <div className="row">
        <Input
          style={{ maxWidth: 260 }}
          allowClear
          value={filter}
          placeholder={t("drafts.filter")}
          aria-label={t("drafts.filter")}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="muted small">
          {t("words.total", { n: view.length })} · {t(policy)}
        </span>
        <span className="push">
          {editable ? (
            <Stands
              standing={standing}
              clashes={told}
              mine={() => decide(rows)}
              theirs={theirs}
            />
          ) : (
            <span className="muted small">{t("drafts.readOnly")}</span>
          )}
        </span>
      </div>
      {phone ? (
        <Cards
          sheet={sheet}
          columns={columns}
          view={view}
          marks={marks}
          editable={editable}
        />
      ) : (
        <Sheet
          label={speech.say(table.title) || table.id}
          sheet={sheet}
          columns={columns}
          view={view}
          marks={marks}
          editable={editable}
          typing={typing}
        />
      )}
      <Findings findings={marks.all} go={(cell) => goTo(cell.row, cell.column)} />
    </div>
  );
}
