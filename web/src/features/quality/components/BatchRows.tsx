import Button from "antd/es/button";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";
import { useOpenable } from "@/shared/unit/OpenMenu";
import type { Batch, What } from "../api/queries";
import { Behind } from "./Behind";

interface Props {
  what: What;
  of: string;
  rows: readonly Batch[];
}

/** Each batch as a bar: its faults, what the others let expect, and the limit. */
export function BatchRows({ what, of, rows }: Props) {
  const top = Math.max(...rows.flatMap((row) => [row.observed, row.limit ?? 0]), 1);
  return (
    <ul className="plain batches">
      {[...rows].reverse().map((row) => (
        <Row key={row.batch} what={what} of={of} row={row} top={top} />
      ))}
    </ul>
  );
}

function Row({ what, of, row, top }: { what: What; of: string; row: Batch; top: number }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const said = row.expected === null ? "quality.saidAlone" : "quality.said";
  const words = {
    batch: row.batch,
    units: row.units,
    observed: row.observed,
    expected: row.expected ?? 0,
    limit: row.limit ?? 0,
  };
  return (
    <li className={row.warned ? "batch warned" : "batch"} aria-label={t(said, words)}>
      <div className="row">
        <b>{row.batch}</b>
        {row.warned && <Tag tone="bad">{t("quality.warned")}</Tag>}
        <span className="muted small">
          {t("quality.units")} {row.units}
        </span>
        <span className="push row">
          {row.warned && <Recall what={what} of={of} row={row} />}
          {row.observed > 0 && (
            <button type="button" className="link" onClick={() => setOpen(!open)}>
              {t(open ? "quality.hide" : "quality.behind")}
            </button>
          )}
        </span>
      </div>
      <Bar row={row} top={top} />
      <p className="small batch-numbers">
        {t("quality.observed")} <b>{row.observed}</b>
        {row.expected === null ? (
          <span className="muted"> · {t(said, words)}</span>
        ) : (
          <>
            {" · "}
            {t("quality.expected")} {row.expected} · {t("quality.limit")} {row.limit}
          </>
        )}
      </p>
      {open && <Behind what={what} of={of} batch={row.batch} />}
    </li>
  );
}

const W = 1000;

function Bar({ row, top }: { row: Batch; top: number }) {
  const at = (n: number) => (n / top) * W;
  return (
    <svg viewBox={`0 0 ${W} 20`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="ground" x="0" y="4" width={W} height="12" />
      <rect className="faults" x="0" y="4" width={at(row.observed)} height="12" />
      {row.expected !== null && (
        <line className="expected" x1={at(row.expected)} x2={at(row.expected)} y1="0" y2="20" />
      )}
      {row.limit !== null && (
        <line className="limit" x1={at(row.limit)} x2={at(row.limit)} y1="0" y2="20" />
      )}
    </svg>
  );
}

/** A recall with the range of the batch filled in. */
function Recall({ what, of, row }: { what: What; of: string; row: Batch }) {
  const { t } = useSpeech();
  const go = useNavigate();
  const { others } = useOpenable();
  if (!row.low || !row.high || !others.some((process) => process.id === "campaign")) return null;
  if (!row.one_range) {
    return (
      <span className="small muted">
        {t("quality.ranges", { low: row.low, high: row.high })}
      </span>
    );
  }
  const preset = {
    campaign_kind: "recall",
    campaign_why: t("quality.why", {
      batch: row.batch,
      observed: row.observed,
      expected: row.expected ?? 0,
      units: row.units,
    }),
    range_what: what === "model" ? "frame" : "component",
    ...(what === "model" ? { campaign_models: [of] } : { range_component: of }),
    range_from: row.low,
    range_to: row.high,
  };
  return (
    <Button size="small" danger onClick={() => void go("/open/campaign", { state: { preset } })}>
      {t("quality.recall")}
    </Button>
  );
}
