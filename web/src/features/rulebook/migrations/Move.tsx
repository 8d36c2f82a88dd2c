import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useId, useState } from "react";
import type { PinnedCases } from "@/api/migrations";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { dayOf } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { releasesQuery } from "../api/queries";
import { type Order, migrate } from "./api";
import { Outcome } from "./Outcome";

/** A named migration of the cases of one process under one release: tried first, then done. */
export function Move({ from }: { from: PinnedCases }) {
  const { t, say } = useSpeech();
  const id = useId();
  const client = useQueryClient();
  const releases = useQuery(releasesQuery);
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const [to, setTo] = useState("");
  const [seen, setSeen] = useState(0);
  const today = dayOf(now());
  const hash = from.release.hash;
  const begun = (releases.data?.items ?? []).filter(
    (each) => each.release.hash !== hash && (each.effective ?? "") <= today,
  );
  const target = begun.find((each) => each.release.hash === to) ?? begun.find((r) => r.in_force);
  const order: Order = {
    name: name.trim(),
    reason: reason.trim(),
    to: target?.release.hash ?? "",
    from: hash,
    process: from.process,
  };
  const run = useMutation({
    mutationFn: (dry: boolean) => {
      setSeen(0);
      return migrate(order, dry, setSeen);
    },
    onSettled: (_, error, dry) => {
      if (dry && !error) return;
      // Also after an end in between: some moved.
      void client.invalidateQueries({ queryKey: ["rulebook", "migrations"] });
      void client.invalidateQueries({ queryKey: ["cases"] });
      void client.invalidateQueries({ queryKey: ["case"] });
    },
  });
  const fates = run.data;
  const tried = fates && JSON.stringify(fates.order) === JSON.stringify(order) ? fates : null;
  const movable = tried?.dry ? tried.cases.filter((each) => each.fate === "moves").length : 0;
  return (
    <section className="card stack" aria-label={t("migrations.move")}>
      <h2>
        {t("migrations.moveOf", { process: say(from.process_title), release: from.release.short })}
      </h2>
      <form
        className="migrations-form"
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate(true);
        }}
      >
        <label htmlFor={`${id}-to`}>{t("migrations.to")}</label>
        <select
          id={`${id}-to`}
          className="draft-day"
          value={target?.release.hash ?? ""}
          onChange={(event) => setTo(event.target.value)}
        >
          {begun.map(({ release, effective, in_force: current }) => (
            <option key={release.hash} value={release.hash}>
              {[release.packs.at(-1)?.version, effective, release.short]
                .filter(Boolean)
                .join(" · ")}
              {current ? ` · ${t("rulebook.releaseNow")}` : ""}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-name`}>{t("migrations.name")}</label>
        <Input
          id={`${id}-name`}
          maxLength={500}
          placeholder={t("migrations.nameHint")}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <label htmlFor={`${id}-reason`}>{t("migrations.reason")}</label>
        <Input
          id={`${id}-reason`}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="row">
          <Button
            htmlType="submit"
            type={movable > 0 ? "default" : "primary"}
            loading={run.isPending && run.variables}
            disabled={!order.name || !order.reason || !order.to || run.isPending}
          >
            {t("migrations.dry")}
          </Button>
          {movable > 0 && (
            <Button
              type="primary"
              loading={run.isPending && !run.variables}
              disabled={run.isPending}
              onClick={() => run.mutate(false)}
            >
              {t("migrations.doIt", { n: movable })}
            </Button>
          )}
          {run.isPending && (
            <span className="muted" role="status">
              {t("migrations.seen", { n: seen })}
            </span>
          )}
        </div>
      </form>
      {run.error && (
        <p className="notice bad" role="alert">
          {sentence(run.error, t)} {run.variables === false && t("migrations.cutShort")}
        </p>
      )}
      {fates && !run.isPending && (tried ?? !fates.dry) && <Outcome fates={fates} />}
    </section>
  );
}
