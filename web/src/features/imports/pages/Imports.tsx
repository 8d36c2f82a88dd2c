import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { Permission } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { Failed, Loading } from "@/shared/ui/States";
import { type Brings, importQuery } from "../api/queries";
import { Drop } from "../components/Drop";
import { Judged } from "../components/Judged";
import "./imports.css";

const brings: readonly Brings[] = [
  "sold_vehicles",
  "parts",
  "prices",
  "opening_stock",
  "customers",
  "people",
];
const needs: Record<Brings, Permission> = {
  sold_vehicles: "unit_write",
  parts: "price_edit",
  prices: "price_edit",
  opening_stock: "stock_open",
  customers: "customer_write",
  people: "people_write",
};

/** Sold vehicles, parts, prices, opening stock, customers or people from Excel:
 *  upload, look at every row's verdict, then apply. */
export default function Imports() {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const id = search.get("id");
  const { data: me } = useQuery(meQuery);
  const open = brings.filter((each) => me?.permissions.includes(needs[each]));
  const kind = open.find((each) => each === search.get("kind")) ?? open[0] ?? "sold_vehicles";
  // The file is kept here only, for as long as the page is open.
  const [file, setFile] = useState<File | null>(null);
  const keep = (more: Record<string, string>) => setSearch({ kind, ...more });
  return (
    <>
      <div className="page-head">
        <h1>{t(`imports.title_${kind}`)}</h1>
        {!id && open.length > 1 && (
          <Pick
            label={t("imports.kind")}
            options={open.map((each) => ({ value: each, label: t(`imports.${each}`) }))}
            value={kind}
            set={(next) => setSearch({ kind: next ?? kind })}
          />
        )}
        {id && (
          <span className="push">
            <button type="button" className="link" onClick={() => keep({})}>
              {t("imports.another")}
            </button>
          </span>
        )}
      </div>
      {id ? (
        <Staged id={id} file={file} gone={() => keep({})} again={(next) => keep({ id: next })} />
      ) : (
        <Drop
          key={kind}
          kind={kind}
          done={(next, given) => {
            setFile(given);
            keep({ id: next });
          }}
        />
      )}
    </>
  );
}

interface StagedProps {
  id: string;
  /** What it was read from, when it was given on this page. */
  file: File | null;
  gone: () => void;
  again: (id: string) => void;
}

function Staged({ id, file, gone, again }: StagedProps) {
  const found = useQuery(importQuery(id));
  if (found.isPending) {
    return (
      <div className="card">
        <Loading lines={8} />
      </div>
    );
  }
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  // What is shown first depends on the counts, which stand once all rows are checked.
  const key = found.data.progress?.phase === "reading" ? "reading" : "checked";
  return (
    <Judged key={`${id} ${key}`} summary={found.data} file={file} gone={gone} again={again} />
  );
}
