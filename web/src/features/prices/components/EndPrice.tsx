import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Suspense, lazy, useState } from "react";
import { Refused } from "@/api/client";
import type { PriceHistoryRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { dayOf } from "@/shared/time/format";
import { Loading, sentence } from "@/shared/ui/States";
import { endPrice } from "../api/queries";

const DateInput = lazy(async () => ({
  default: (await import("@/shared/form/fields/DateField")).DateInput,
}));

/** Ends a price on a day: the one for all levels, or the standard's own, holds from then on. */
export function EndPrice({ code, row }: { code: string; row: PriceHistoryRow }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  // A price that is still to come can end once it has begun, not before.
  const today = dayOf(now());
  const first = row.effective_from > today ? row.effective_from : today;
  const [from, setFrom] = useState<string | null>(first);
  const end = useMutation({
    mutationFn: endPrice,
    onSuccess: () => {
      setOpen(false);
      void queries.invalidateQueries({ queryKey: ["prices"] });
      void queries.invalidateQueries({ queryKey: ["catalog"] });
    },
  });
  if (!open) {
    return (
      <button type="button" className="link small push" onClick={() => setOpen(true)}>
        {t("prices.end")}
      </button>
    );
  }
  const wrong = end.error instanceof Refused ? (end.error.problem.fields ?? []) : [];
  return (
    <div className="stack price-end" role="group" aria-label={t("prices.end")}>
      <span className="sub">{t("prices.endsFrom")}</span>
      <div className="row">
        <Suspense fallback={<Loading lines={1} />}>
          <DateInput label={t("prices.endsFrom")} from={first} value={from} set={setFrom} />
        </Suspense>
        <Button
          danger
          loading={end.isPending}
          disabled={from === null}
          onClick={() => {
            if (from === null) return;
            const { class: kind, stars } = row;
            end.mutate({ code, class: kind, stars, effective_from: from });
          }}
        >
          {t("prices.end")}
        </Button>
        <Button type="text" onClick={() => setOpen(false)}>
          {t("prices.keep")}
        </Button>
      </div>
      {end.isError && (
        <div className="notice bad" role="alert">
          {wrong[0]?.detail ?? sentence(end.error, t)}
        </div>
      )}
      <span className="muted small">{t("prices.endHint")}</span>
    </div>
  );
}
