import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Popconfirm from "antd/es/popconfirm";
import { useId } from "react";
import type { ImportSummary } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { discard, importQuery } from "../api/queries";

type Progress = NonNullable<ImportSummary["progress"]>;

interface Props {
  id: string;
  kind: string;
  progress: Progress;
}

/** A large workbook at work: rows read or written of how many, and a way to stop it. */
export function Working({ id, kind, progress }: Props) {
  const { t, lang } = useSpeech();
  const queries = useQueryClient();
  const label = useId();
  const { phase, done, total } = progress;
  // Prices never change once written, so that a list which was stopped cannot go on.
  const lost = kind === "prices" && phase === "writing";
  const number = new Intl.NumberFormat(lang);
  const stop = useMutation({
    mutationFn: () => discard(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: importQuery(id).queryKey }),
  });
  return (
    <div className="notice stack" role="status">
      <b id={label}>
        {total === 0
          ? t("imports.unpacking")
          : t(`imports.${phase}`, { done: number.format(done), total: number.format(total) })}
      </b>
      <progress
        className="import-bar"
        aria-labelledby={label}
        max={Math.max(total, 1)}
        value={phase === "stopping" || total === 0 ? undefined : done}
      />
      <div className="row">
        <span className="muted small">{t(`imports.${phase}Hint`)}</span>
        {phase !== "stopping" && (
          <Popconfirm
            title={t(lost ? "imports.pricesSure" : `imports.${phase}Sure`)}
            okText={t("imports.stop")}
            cancelText={t("words.cancel")}
            onConfirm={() => stop.mutate()}
          >
            <Button loading={stop.isPending}>{t("imports.stop")}</Button>
          </Popconfirm>
        )}
      </div>
      {stop.error && <p className="late">{sentence(stop.error, t)}</p>}
    </div>
  );
}
