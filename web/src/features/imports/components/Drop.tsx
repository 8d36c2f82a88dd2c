import FileExcelOutlined from "@ant-design/icons/FileExcelOutlined";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Refused } from "@/api/client";
import { useSpeech } from "@/shared/i18n";
import { Refusal } from "@/shared/ui/Refusal";
import { sentence } from "@/shared/ui/States";
import { type Brings, importQuery, stage } from "../api/queries";

/** Where the workbook goes in: dropped or chosen, with progress. */
export function Drop({ kind, done }: { kind: Brings; done: (id: string) => void }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [percent, setPercent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = async (file: File | undefined) => {
    if (!file || percent !== null) return;
    setError(null);
    setPercent(0);
    try {
      const summary = await stage(kind, file, setPercent);
      queries.setQueryData(importQuery(summary.id).queryKey, summary);
      done(summary.id);
    } catch (failed) {
      setError(failed);
    } finally {
      setPercent(null);
    }
  };
  const busy =
    percent !== null &&
    (percent < 100 ? t("imports.uploading", { percent }) : t("imports.checking"));
  return (
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
        accept=".xlsx"
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
    </section>
  );
}
