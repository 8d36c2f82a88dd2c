import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { importQuery } from "../api/queries";
import { Drop } from "../components/Drop";
import { Judged } from "../components/Judged";
import "./imports.css";

/** Sold vehicles from Excel: upload, look at every row's verdict, then apply. */
export default function Imports() {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const id = search.get("id");
  return (
    <>
      <div className="page-head">
        <h1>{t("imports.title")}</h1>
        {id && (
          <span className="push">
            <button type="button" className="link" onClick={() => setSearch({})}>
              {t("imports.another")}
            </button>
          </span>
        )}
      </div>
      {id ? (
        <Staged id={id} gone={() => setSearch({})} />
      ) : (
        <Drop done={(next) => setSearch({ id: next })} />
      )}
    </>
  );
}

function Staged({ id, gone }: { id: string; gone: () => void }) {
  const found = useQuery(importQuery(id));
  if (found.isPending) {
    return (
      <div className="card">
        <Loading lines={8} />
      </div>
    );
  }
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return <Judged summary={found.data} gone={gone} />;
}
