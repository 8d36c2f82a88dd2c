import { useSpeech } from "@/shared/i18n";
import { type SheetColumn, fitted } from "./columns";
import { type Marks, worst } from "./marks";
import { type Box, idOf, type SheetRow, within } from "./model";
import { shown } from "./words";

const LINE = 34;

interface Head {
  columns: readonly SheetColumn[];
  width: number;
  gutter: number;
}

export function SheetHead({ columns, width, gutter }: Head) {
  return (
    <div className="sheet-head" role="row" style={{ width }}>
      <span className="sheet-gutter" style={{ width: gutter }} aria-hidden="true" />
      {columns.map((column) => (
        <span
          key={column.header}
          role="columnheader"
          className={column.output ? "out" : ""}
          title={column.header}
          style={{ width: column.width }}
        >
          {column.label}
        </span>
      ))}
    </div>
  );
}

interface Line {
  row: SheetRow;
  /** Its place among the rows shown. */
  at: number;
  /** Its number among all rows. */
  number: number;
  columns: readonly SheetColumn[];
  /** The active column, when the cursor is in this row. */
  cursor: number | null;
  /** What is selected, when this row is part of it. */
  box: Box | null;
  marks: Marks;
}

/** One row: its number, its cells in words, what is wrong underlined. */
export function SheetLine({ row, at, number, columns, cursor, box, marks }: Line) {
  const speech = useSpeech();
  const id = idOf(row);
  const whole = marks.at(id, null);
  const said = whole.map((each) => speech.say(each.sentence)).join("\n");
  return (
    <div className="sheet-line" role="row" aria-rowindex={at + 2} style={{ top: at * LINE }}>
      <span
        role="rowheader"
        data-spot={`${at},-1`}
        className={`sheet-gutter ${worst(whole)}`}
        title={said || id}
      >
        {number}
      </span>
      {columns.map((column, i) => {
        const cell = row.values[i] ?? "";
        const found = marks.at(id, column.name);
        const text = shown(cell, column, speech);
        const classes = [
          column.output ? "out" : "",
          worst(found),
          cursor === i ? "cursor" : "",
          box && within(box, at, i) ? "in" : "",
        ];
        return (
          <span
            key={column.header}
            role="gridcell"
            aria-selected={cursor === i}
            data-spot={`${at},${i}`}
            className={classes.join(" ")}
            style={{ width: column.width }}
            title={found.length > 0 ? speech.say(found[0]?.sentence) : text}
          >
            {column.kind === "clause" ? (
              cell.split("|").map(
                (clause) =>
                  clause.trim() && (
                    <i key={clause} className="clause">
                      {clause}
                    </i>
                  ),
              )
            ) : cell === "" && !column.output ? (
              <span className="any" aria-label={speech.t("rulebook.anyCell")} />
            ) : (
              fitted(cell, column, speech)
            )}
          </span>
        );
      })}
    </div>
  );
}
