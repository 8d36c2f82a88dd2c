import FileExcelOutlined from "@ant-design/icons/FileExcelOutlined";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Refused } from "@/api/client";
import { useSpeech } from "@/shared/i18n";
import { Refusal } from "@/shared/ui/Refusal";
import { sentence } from "@/shared/ui/States";
import { type Brings, type Said, importQuery, stage } from "../api/queries";
import { Columns } from "./Columns";
import { Remembered } from "./Remembered";

interface Props {
  kind: Brings;
  /** The staged import, and the file it was read from. */
  done: (id: string, file: File) => void;
}

/** Where the workbook goes in: dropped or chosen, with progress. */
export function Drop({ kind, done }: Props) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [percent, setPercent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [headless, setHeadless] = useState<File | null>(null);
  const give = async (file: File, said?: Said) => {
    const summary = await stage(kind, file, setPercent, said);
    queries.setQueryData(importQuery(summary.id).queryKey, summary);
    void queries.invalidateQueries({ queryKey: ["import-headings"] });
    done(summary.id, file);
  };
  const take = async (file: File | undefined) => {
    if (!file || percent !== null) return;
    setError(null);
    setHeadless(null);
    setPercent(0);
    try {
      await give(file);
    } catch (failed) {
      setError(failed);
      // Without the names it knows, somebody can still say which column is which.
      if (failed instanceof Refused && failed.problem.columns) setHeadless(file);
    } finally {
      setPercent(null);
    }
  };
  const busy =
    percent !== null &&
    (percent < 100 ? t("imports.uploading", { percent }) : t("imports.checking"));
  const drop = (
    <section className="card">
      <p className="sub import-lead">{t(`imports.lead_${kind}`)}</p>
      <button
        type="button"
        className={`drop ${over ? "over" : ""}`}
        disabled={percent !== null}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <FileExcelOutlined aria-hidden="true" />
        <b aria-live="polite">{busy || t("imports.drop")}</b>
        <span className="muted small">{t(`imports.hint_${kind}`)}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept=".xlsx,.csv,.txt,.xls"
        hidden
        aria-label={t("imports.drop")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          void take(file);
        }}
      />
      {error !== null && (
        <div className="notice bad" role="alert">
          {error instanceof Refused && error.problem.detail ? (
            <Refusal problem={error.problem} />
          ) : (
            sentence(error, t)
          )}
        </div>
      )}
      <Remembered kind={kind} />
    </section>
  );
  return (
    <div className="stack">
      {drop}
      {headless && (
        <Columns
          file={headless}
          kind={kind}
          give={(said) => give(headless, said).finally(() => setPercent(null))}
          cancel={() => setHeadless(null)}
        />
      )}
    </div>
  );
}
