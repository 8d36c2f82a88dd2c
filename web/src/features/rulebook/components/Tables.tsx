import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { RulebookTable } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { Failed, Loading } from "@/shared/ui/States";
import { tablesQuery } from "../api/queries";
import { TryIt } from "./TryIt";
import { columnName, useCellWords } from "./words";

/** The decision tables as they stand on paper, with a place to try them. */
export default function Tables() {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const tables = useQuery(tablesQuery);
  const [hit, setHit] = useState<string | null>(null);
  if (tables.isPending) return <Loading lines={10} />;
  if (tables.isError) return <Failed error={tables.error} retry={() => void tables.refetch()} />;
  const items = tables.data.items;
  const table = items.find((each) => each.id === search.get("table")) ?? items[0];
  if (!table) return <p className="muted">{t("words.none")}</p>;
  const tableName = (each: RulebookTable) => {
    const key = `rulebook.table_${each.id}` as Key;
    return say(each.title) || (t(key) === key ? each.id : t(key));
  };
  return (
    <div className="tables">
      <section className="card scroll-x">
        <div className="card-head">
          <Pick
            small
            label={t("rulebook.tables")}
            options={items.map((each) => ({ value: each.id, label: tableName(each) }))}
            value={table.id}
            set={(next) => next && setSearch({ tab: "tables", table: next })}
          />
          <span className="muted small push">{hitWords(table.hit_policy, t)}</span>
        </div>
        <Paper table={table} marked={search.get("row")} hit={hit} />
      </section>
      <TryIt hit={setHit} />
    </div>
  );
}

function hitWords(policy: string, t: (key: Key) => string): string {
  const key = `rulebook.hit_${policy}` as Key;
  return t(key) === key ? policy : t(key);
}

function Paper(props: { table: RulebookTable; marked: string | null; hit: string | null }) {
  const { t, say } = useSpeech();
  const { table } = props;
  const words = useCellWords(table.words);
  const name = (column: string) => say(table.titles[column]) || columnName(column, t);
  return (
    <table className="paper-table decision">
      <thead>
        <tr>
          {table.inputs.map((input) => (
            <th key={input}>{name(input)}</th>
          ))}
          {table.outputs.map((output) => (
            <th key={output} className="out">
              {name(output)}
            </th>
          ))}
          <th>{t("rulebook.clause")}</th>
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr
            key={row.id}
            title={row.id}
            className={row.id === props.hit ? "hit-row" : row.id === props.marked ? "marked" : ""}
          >
            {row.cells.map((cell, i) => (
              <td key={table.inputs[i] ?? i}>
                {cell ? words(cell) : <span className="any" aria-label={t("rulebook.anyCell")} />}
              </td>
            ))}
            {row.outputs.map((output, i) => (
              <td key={table.outputs[i] ?? i} className="out">
                {words(output)}
              </td>
            ))}
            <td className="nowrap">
              {row.clauses.map((clause) => (
                <span key={clause} className="clause">
                  {clause}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
