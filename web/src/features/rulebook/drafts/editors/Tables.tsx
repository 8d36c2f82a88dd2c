import { useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { useSearchParams } from "react-router";
import type { Draft } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { getTable, itemsQuery, tablePath } from "../api";
import { TableEditor } from "./TableEditor";

/** The decision tables of a draft, one at a time. */
export default function Tables({ draft }: { draft: Draft }) {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const items = useQuery(itemsQuery(draft.id));
  const tables = (items.data?.items ?? []).filter((item) => item.kind === "table");
  const own = tables.filter((item) => item.pack);
  const key = search.get("item") ?? "";
  const chosen =
    tables.find((item) => `${item.from}/${item.id}` === key || item.id === key) ??
    own.find((item) => item.id === "term") ??
    own[0] ??
    tables[0];
  if (items.isPending) return <Loading lines={8} />;
  if (items.isError) return <Failed error={items.error} retry={() => void items.refetch()} />;
  if (!chosen) return <p className="muted">{t("words.none")}</p>;
  const pack = chosen.pack ?? chosen.from;
  const pick = (item: string) => {
    const next = new URLSearchParams(search);
    next.set("item", item);
    next.delete("row");
    next.delete("column");
    setSearch(next, { replace: true });
  };
  return (
    <section className="card stack">
      <div className="row">
        <Select
          style={{ flex: "1 1 340px", maxWidth: 460 }}
          aria-label={t("drafts.tables")}
          value={`${chosen.from}/${chosen.id}`}
          options={tables.map((item) => ({
            value: `${item.from}/${item.id}`,
            label: [
              say(item.title),
              item.changed && t("drafts.changedMark"),
              !item.pack && t("drafts.locked"),
            ]
              .filter(Boolean)
              .join(" · "),
          }))}
          onChange={pick}
        />
        <span className="muted small">
          {pack}/tables/{chosen.id}.csv
        </span>
      </div>
      <Loaded key={`${pack}/${chosen.id}`} draft={draft} pack={pack} table={chosen.id} />
    </section>
  );
}

function Loaded({ draft, pack, table }: { draft: Draft; pack: string; table: string }) {
  const path = tablePath(draft.id, pack, table);
  const { data, isPending, isError, error, refetch } = useQuery({
    queryKey: ["draft", draft.id, "table", path],
    queryFn: ({ signal }) => getTable(path, signal),
    // An editor begins with what the server has now, and keeps what it holds.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (isPending) return <Loading lines={8} />;
  if (isError) return <Failed error={error} retry={() => void refetch()} />;
  return <TableEditor draft={draft} path={path} table={data} />;
}
