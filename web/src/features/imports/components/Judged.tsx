import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Popconfirm from "antd/es/popconfirm";
import { useState } from "react";
import { Link } from "react-router";
import type { ImportSummary } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import {
  type Brings,
  type RowVerdict,
  type Said,
  apply,
  discard,
  errorsAddress,
  importQuery,
  stage,
} from "../api/queries";
import { Columns } from "./Columns";
import { Invitations } from "./Invitations";
import { Rows } from "./Rows";
import { Told } from "./Told";
import { Working } from "./Working";

const verdicts: readonly RowVerdict[] = ["accept", "reject", "skip"];

interface Props {
  summary: ImportSummary;
  /** What it was read from, when it was given on this page. */
  file: File | null;
  gone: () => void;
  again: (id: string) => void;
}

/** A checked workbook: three counts that filter, the rows with their why, and the act. */
export function Judged({ summary, file, gone, again }: Props) {
  const { t, lang } = useSpeech();
  const queries = useQueryClient();
  const { counts } = summary;
  const [adjusting, setAdjusting] = useState(false);
  const [shown, setShown] = useState<RowVerdict | null>(counts.reject > 0 ? "reject" : null);
  const write = useMutation({
    mutationFn: () => apply(summary.id),
    onSuccess: (next) => {
      queries.setQueryData(importQuery(summary.id).queryKey, next);
      for (const key of ["units", "prices", "parts", "catalog", "stock", "accounts", "people"]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
  const drop = useMutation({ mutationFn: () => discard(summary.id), onSuccess: gone });
  const mayAdjust = file !== null && !summary.progress && summary.state !== "applied";
  const give = async (said: Said) => {
    if (!file) return;
    const next = await stage(summary.kind as Brings, file, undefined, said);
    if (summary.state === "staged") await discard(summary.id);
    queries.setQueryData(importQuery(next.id).queryKey, next);
    void queries.invalidateQueries({ queryKey: ["import-headings"] });
    again(next.id);
  };
  const staged = summary.state === "staged" && !summary.progress;
  const error = write.error ?? drop.error;
  return (
    <div className="stack">
      <section className="card">
        <div className="card-head">
          <h2>{summary.file_name}</h2>
          {summary.sheet && (
            <span className="muted small">
              {t("imports.sheet", { sheet: summary.sheet, row: summary.header_row ?? 1 })}
            </span>
          )}
        </div>
        <div className="counts">
          {verdicts.map((verdict) => (
            <button
              key={verdict}
              type="button"
              className={`count ${verdict}`}
              aria-pressed={shown === verdict}
              onClick={() => setShown(shown === verdict ? null : verdict)}
            >
              <b>{counts[verdict]}</b>
              <span>{t(`imports.${verdict}`)}</span>
            </button>
          ))}
        </div>
        {summary.notes.map((note) => (
          <p key={note} className="sub small">
            {note}
          </p>
        ))}
        <Told
          summary={summary}
          adjust={mayAdjust && !adjusting ? () => setAdjusting(true) : null}
        />
        {summary.state === "applied" && (
          <div className="notice ok" role="status">
            <b>{t("imports.applied", { n: counts.accept })}</b>
            <Applied id={summary.id} kind={summary.kind} />
          </div>
        )}
        {summary.progress && (
          <Working id={summary.id} kind={summary.kind} progress={summary.progress} />
        )}
        {summary.failed && (
          <div className="notice bad" role="alert">
            {summary.failed}
          </div>
        )}
        {summary.state === "discarded" && !summary.failed && (
          <p className="sub">{t("imports.discarded")}</p>
        )}
        {staged && counts.accept === 0 && <p className="late">{t("imports.nothing")}</p>}
        {error && (
          <div className="notice bad" role="alert">
            {sentence(error, t)}
          </div>
        )}
        <div className="row import-acts" hidden={adjusting}>
          {staged && (
            <Button
              type="primary"
              size="large"
              loading={write.isPending}
              disabled={counts.accept === 0}
              onClick={() => write.mutate()}
            >
              {t("imports.apply", { n: counts.accept })}
            </Button>
          )}
          {counts.reject > 0 && !summary.progress && (
            <>
              <a className="ant-btn-like" href={errorsAddress(summary.id, lang)} download>
                {t("imports.errors")}
              </a>
              <span className="muted small">{t("imports.errorsHint")}</span>
            </>
          )}
          {staged && (
            <span className="push">
              <Popconfirm
                title={t("imports.discardSure")}
                okText={t("imports.discard")}
                cancelText={t("words.cancel")}
                onConfirm={() => drop.mutate()}
              >
                <Button type="text" loading={drop.isPending}>
                  {t("imports.discard")}
                </Button>
              </Popconfirm>
            </span>
          )}
        </div>
      </section>
      {adjusting && file && (
        <Columns
          file={file}
          kind={summary.kind as Brings}
          give={give}
          cancel={() => setAdjusting(false)}
        />
      )}
      {summary.progress?.phase !== "reading" && !adjusting && (
        <Rows id={summary.id} kind={summary.kind} verdict={shown} />
      )}
    </div>
  );
}

/** Where what was written is seen. */
function Applied({ id, kind }: { id: string; kind: string }) {
  const { t } = useSpeech();
  if (kind === "parts") return <Link to="/parts">{t("frame.parts")}</Link>;
  if (kind === "prices") return <Link to="/prices">{t("frame.prices")}</Link>;
  if (kind === "people") return <Invitations id={id} />;
  if (kind === "customers") {
    return (
      <>
        {t("imports.customersIn")} <Link to="/desk">{t("frame.desk")}</Link>
      </>
    );
  }
  if (kind === "opening_stock") {
    return (
      <>
        {t("imports.opened")} <Link to="/stock">{t("frame.stock")}</Link>
      </>
    );
  }
  return (
    <>
      {t("imports.appliedText")} <Link to="/desk">{t("frame.desk")}</Link>
    </>
  );
}
