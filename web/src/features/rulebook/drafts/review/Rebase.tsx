import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import { Refused } from "@/api/client";
import type { Draft, DraftConflict } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { sentence } from "@/shared/ui/States";
import { step, stepped } from "../api";

type Side = "mine" | "theirs";

/** A draft left behind goes on from the latest release; what both changed is decided here. */
export function Rebase({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const lay = useMutation({
    mutationFn: (resolve: Record<string, Side>) => step(draft, "rebase", { resolve }),
    onSuccess: (next) => {
      setChosen({});
      stepped(client, next);
    },
    onError: (error) => {
      // Somebody edited it meanwhile: what it holds now is read again.
      if (error instanceof Refused && error.status === 412) {
        void client.invalidateQueries({ queryKey: ["draft", draft.id] });
      }
    },
  });
  const conflicts = conflictsOf(lay.error);
  const open = conflicts.filter((each) => !chosen[each.key]).length;
  return (
    <section className="notice warn stack" aria-label={t("drafts.rebase")}>
      <div className="row">
        <span>{t("drafts.behind")}</span>
        {draft.can.includes("rebase") ? (
          conflicts.length === 0 && (
            <Button className="push" loading={lay.isPending} onClick={() => lay.mutate({})}>
              {t("drafts.rebase")}
            </Button>
          )
        ) : (
          <span className="muted">{t("drafts.rebaseReturned")}</span>
        )}
      </div>
      {conflicts.length > 0 && (
        <>
          <p>
            <b>{t("drafts.conflicts", { n: conflicts.length })}</b>
          </p>
          <ul className="draft-conflicts">
            {conflicts.map((each) => (
              <Conflict
                key={each.key}
                conflict={each}
                side={chosen[each.key] ?? null}
                set={(side) => setChosen(without(chosen, each.key, side))}
              />
            ))}
          </ul>
          <div className="row">
            <Button
              type="primary"
              loading={lay.isPending}
              disabled={open > 0}
              onClick={() => lay.mutate(chosen)}
            >
              {t("drafts.rebaseNow")}
            </Button>
            {open > 0 && (
              <span className="muted small">{t("drafts.conflictsLeft", { n: open })}</span>
            )}
          </div>
        </>
      )}
      {lay.error && conflicts.length === 0 && (
        <p className="late" role="alert">
          {sentence(lay.error, t)}
        </p>
      )}
    </section>
  );
}

interface ConflictProps {
  conflict: DraftConflict;
  side: Side | null;
  set: (side: Side | null) => void;
}

/** One place both changed: what it was, what I wrote, what was published. */
function Conflict({ conflict, side, set }: ConflictProps) {
  const { t } = useSpeech();
  const [file = "", row = ""] = conflict.key.split("#");
  return (
    <li>
      <p>
        <b>{row}</b> <span className="muted small">{file}</span>
      </p>
      <dl className="pairs small">
        <dt>{t("drafts.conflictBase")}</dt>
        <dd>{conflict.base ?? t("drafts.conflictNone")}</dd>
        <dt>{t("drafts.conflictMine")}</dt>
        <dd>{conflict.mine ?? t("drafts.conflictNone")}</dd>
        <dt>{t("drafts.conflictTheirs")}</dt>
        <dd>{conflict.theirs ?? t("drafts.conflictNone")}</dd>
      </dl>
      <Pick<Side>
        label={conflict.key}
        options={[
          { value: "mine", label: t("drafts.takeMine") },
          { value: "theirs", label: t("drafts.takeTheirs") },
        ]}
        value={side}
        set={set}
      />
    </li>
  );
}

function without(chosen: Record<string, Side>, key: string, side: Side | null) {
  const rest = Object.fromEntries(Object.entries(chosen).filter(([known]) => known !== key));
  return side ? { ...rest, [key]: side } : rest;
}

function conflictsOf(error: unknown): readonly DraftConflict[] {
  if (!(error instanceof Refused) || error.problem.code !== "draft-conflict") return [];
  return (error.problem as { conflicts?: DraftConflict[] }).conflicts ?? [];
}
