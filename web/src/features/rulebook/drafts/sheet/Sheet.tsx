import {
  type ClipboardEvent,
  type MouseEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useSpeech } from "@/shared/i18n";
import { Choices } from "./Choices";
import { SheetHead, SheetLine } from "./Lines";
import { Tools } from "./Tools";
import type { SheetColumn } from "./columns";
import { type Marks, worst } from "./marks";
import { fromTsv, idOf, put, type SheetRow, type Spot, toTsv } from "./model";
import { type Editing, begun, done, toggled } from "./picking";
import { useKeys } from "./useKeys";
import type { SheetState } from "./useSheet";
import { copied, read, shown } from "./words";
import "./sheet.css";

const LINE = 34;
const HEAD = 36;
const GUTTER = 46;

interface Props {
  label: string;
  sheet: SheetState;
  columns: readonly SheetColumn[];
  view: readonly number[];
  marks: Marks;
  editable: boolean;
  /** The rows as they would be with what is being typed; null when nothing is. */
  typing: (rows: readonly SheetRow[] | null) => void;
}

/** A table as a sheet one can live in: keys, typing, Excel's clipboard, undo. */
export function Sheet({ label, sheet, columns, view, marks, editable, typing }: Props) {
  const speech = useSpeech();
  const list = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [editing, setEditing] = useState<Editing | null>(null);
  const dragging = useRef(false);
  const { cursor, rows } = sheet;
  const column = columns[cursor.column];
  const row = rows[view[cursor.row] ?? -1];
  const cell = row?.values[cursor.column] ?? "";
  const page = Math.max(Math.floor((height - HEAD) / LINE) - 1, 1);
  const begin = (typed: string | null) => {
    if (editable && column && row) setEditing(begun(cell, column, speech, typed));
  };
  const hands = { sheet, columns, view, editable, editing, setEditing, begin, page };
  const keys = useKeys(hands);
  const lefts = columns.reduce<number[]>(
    (sum, each) => [...sum, (sum.at(-1) ?? GUTTER) + each.width],
    [GUTTER],
  );
  const width = lefts.at(-1) ?? 0;

  useLayoutEffect(() => {
    const at = scroller.current;
    if (!at) return;
    const watch = new ResizeObserver(() => setHeight(at.clientHeight));
    watch.observe(at);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const at = scroller.current;
    if (!at) return;
    const [y, x] = [cursor.row * LINE, lefts[cursor.column] ?? 0];
    if (y < at.scrollTop) at.scrollTop = y;
    const low = y + LINE + HEAD - at.clientHeight + 10;
    if (low > at.scrollTop) at.scrollTop = low;
    if (x - GUTTER < at.scrollLeft) at.scrollLeft = x - GUTTER;
    const far = (lefts[cursor.column + 1] ?? 0) - at.clientWidth;
    if (far > at.scrollLeft) at.scrollLeft = far;
    // Only a move of the cursor scrolls.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursor]);
  useEffect(() => {
    if (!editing || !column || column.choices.length > 0) return typing(null);
    typing(put(rows, view, cursor, [[done(editing, column)]]));
    // The rest stays while a cell is typed in.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [editing]);

  const spotOf = (event: MouseEvent): Spot | null => {
    const at = (event.target as HTMLElement).closest<HTMLElement>("[data-spot]")?.dataset["spot"];
    const [line, place] = at?.split(",").map(Number) ?? [];
    return line === undefined || place === undefined ? null : { row: line, column: place };
  };
  const down = (event: MouseEvent) => {
    const spot = spotOf(event);
    if (!spot || event.button !== 0) return;
    event.preventDefault();
    keys.commit();
    if (spot.column < 0) {
      sheet.select({ row: spot.row, column: 0 }, { row: spot.row, column: columns.length - 1 });
    } else sheet.select(spot, event.shiftKey ? sheet.anchor : undefined);
    dragging.current = spot.column >= 0;
    box.current?.focus({ preventScroll: true });
  };
  const drag = (event: MouseEvent) => {
    if (!dragging.current || event.buttons !== 1) return;
    const spot = spotOf(event);
    if (!spot || spot.column < 0) return;
    if (spot.row !== cursor.row || spot.column !== cursor.column) sheet.select(spot, sheet.anchor);
  };
  const copy = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    const picked = view.slice(keys.box.top, keys.box.bottom + 1);
    const block = picked.map((at) =>
      columns
        .slice(keys.box.left, keys.box.right + 1)
        .map((each, i) => copied(rows[at]?.values[keys.box.left + i] ?? "", each, speech)),
    );
    event.clipboardData.setData("text/plain", toTsv(block));
  };
  const paste = (event: ClipboardEvent) => {
    if (editing || !editable) return;
    event.preventDefault();
    const { top: first, left, bottom, right } = keys.box;
    let block = fromTsv(event.clipboardData.getData("text/plain"));
    const one = block.length === 1 && block[0]?.length === 1 ? block[0][0] : undefined;
    if (one !== undefined) {
      const line = Array<string>(right - left + 1).fill(one);
      block = Array.from({ length: bottom - first + 1 }, () => line);
    }
    const cells = block.map((line) =>
      line.map((text, i) => {
        const to = columns[left + i];
        return to ? read(text, to) : text;
      }),
    );
    sheet.change(put(rows, view, { row: first, column: left }, cells));
    const end = { row: first + block.length - 1, column: left + (block[0]?.length ?? 1) - 1 };
    sheet.select({ row: first, column: left }, end);
  };
  const first = Math.max(Math.floor(top / LINE) - 4, 0);
  const last = Math.min(first + page + 12, view.length);
  const toggle = (key: string) => {
    if (!editing || !column) return;
    const next = toggled(editing, column, key);
    if (column.output) keys.commit({ ...next, at: -1 });
    else setEditing(next);
  };
  const lines = [];
  for (let at = first; at < last; at += 1) {
    const each = rows[view[at] ?? -1];
    if (!each) continue;
    lines.push(
      <SheetLine
        key={each.key}
        row={each}
        at={at}
        number={(view[at] ?? 0) + 1}
        columns={columns}
        cursor={cursor.row === at ? cursor.column : null}
        box={at >= keys.box.top && at <= keys.box.bottom ? keys.box : null}
        marks={marks}
      />,
    );
  }
  const wrong = row && column ? marks.at(idOf(row), column.name) : [];
  return (
    <div className="sheet">
      {editable && <Tools acts={keys.acts} sheet={sheet} sorted={view.length === rows.length} />}
      <div
        ref={scroller}
        className="sheet-scroll"
        role="grid"
        aria-label={label}
        aria-rowcount={view.length + 1}
        aria-colcount={columns.length}
        style={{ maxHeight: `min(70vh, ${view.length * LINE + HEAD + 190}px)` }}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onMouseDown={down}
        onMouseOver={drag}
        onDoubleClick={(event) => spotOf(event) && begin(null)}
      >
        <SheetHead columns={columns} width={width} gutter={GUTTER} />
        <div className="sheet-body" style={{ height: view.length * LINE, width }}>
          {lines}
          <div
            className={editing ? "sheet-box open" : "sheet-box"}
            role="row"
            aria-rowindex={cursor.row + 2}
            style={{
              top: cursor.row * LINE,
              left: lefts[cursor.column],
              width: column?.width,
              height: LINE,
            }}
          >
            <div className="sheet-held" role="gridcell" aria-colindex={cursor.column + 1}>
              <textarea
                ref={box}
                rows={1}
                spellCheck={false}
                readOnly={!editable}
                aria-label={`${row ? idOf(row) : ""} · ${column?.label ?? ""}`}
                aria-invalid={worst(wrong) === "error"}
                aria-controls={editing && column?.choices.length ? list : undefined}
                title={!editing && column ? shown(cell, column, speech) : undefined}
                value={editing?.text ?? ""}
                onChange={({ target: { value } }) =>
                  editing ? setEditing({ ...editing, text: value, at: 0 }) : begin(value)
                }
                onCompositionStart={() => editing ?? begin("")}
                onKeyDown={keys.press}
                onBlur={() => editing && keys.commit()}
                onCopy={copy}
                onCut={copy}
                onPaste={paste}
              />
              {editing && column && column.choices.length > 0 && (
                <Choices
                  id={list}
                  column={column}
                  editing={editing}
                  toggle={toggle}
                  negate={() => setEditing({ ...editing, not: !editing.not })}
                  hold={(event) => event.preventDefault()}
                />
              )}
            </div>
          </div>
        </div>
      </div>
      <p className={`sheet-said ${worst(wrong)}`} role="status">
        {wrong.map((each) => speech.say(each.sentence)).join(" ")}
      </p>
    </div>
  );
}
