import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import { Link } from "react-router";
import type { BlankBlock, BlankNumber } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { type Mark, blankQuery, blanksQuery, mark } from "../api";

/** Which numbers are out, used, spoilt, missing; what became of one is said here. */
export function Numbers({ block, numbers }: { block: BlankBlock; numbers: BlankNumber[] }) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const [open, setOpen] = useState<string | null>(null);
  const [why, setWhy] = useState("");
  const said = useMutation({
    mutationFn: (of: { number: string; state: Mark }) =>
      mark(block.id, of.number, of.state, why.trim()),
    onSuccess: (register) => {
      queries.setQueryData(blankQuery(block.id).queryKey, register);
      void queries.invalidateQueries({ queryKey: blanksQuery.queryKey });
      setOpen(null);
      setWhy("");
    },
  });
  const says = (number: string, state: Mark, label: string) => (
    <Button
      loading={said.isPending && said.variables.state === state}
      disabled={said.isPending || (state !== "printed" && !why.trim())}
      onClick={() => said.mutate({ number, state })}
    >
      {label}
    </Button>
  );
  return (
    <section className="card stack">
      <h2>
        {say(block.title)} <span className="muted small">{block.org}</span>
      </h2>
      <ul className="blank-numbers">
        {numbers.map((one) => (
          <li key={one.number}>
            <span className="mono">{one.number}</span>
            <span className={`blank-${one.state}`}>{t(`print.blank_${one.state}`)}</span>
            {one.case && <Link to={`/cases/${one.case}`}>{one.case_number}</Link>}
            {one.note && <span className="muted small">{one.note}</span>}
            {one.state !== "used" && open !== one.number && (
              <button
                type="button"
                className="link"
                aria-label={`${t("print.account")} ${one.number}`}
                onClick={() => {
                  setOpen(one.number);
                  said.reset();
                }}
              >
                {t("print.account")}
              </button>
            )}
            {open === one.number && (
              <span className="blank-say">
                <Input
                  autoFocus
                  value={why}
                  maxLength={200}
                  aria-label={t("print.blankWhy")}
                  placeholder={t("print.blankWhyHint")}
                  onChange={(event) => setWhy(event.target.value)}
                />
                {one.state !== "spoilt" && says(one.number, "spoilt", t("print.blank_spoilt"))}
                {one.state !== "missing" && says(one.number, "missing", t("print.blank_missing"))}
                {one.state !== "printed" && says(one.number, "printed", t("print.atHand"))}
                <Button onClick={() => setOpen(null)}>{t("words.cancel")}</Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {said.error && (
        <p className="notice bad" role="alert">
          {sentence(said.error, t)}
        </p>
      )}
    </section>
  );
}
