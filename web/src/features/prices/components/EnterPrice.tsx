import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { type KeyboardEvent, Suspense, lazy, useState } from "react";
import { Refused } from "@/api/client";
import type { BuyerClass, Price } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { MoneyInput } from "@/shared/form/fields/plain";
import { now } from "@/shared/time/clock";
import { dayOf } from "@/shared/time/format";
import { Pick } from "@/shared/ui/Pick";
import { Loading, sentence } from "@/shared/ui/States";
import { enterPrice } from "../api/queries";

const DateInput = lazy(async () => ({
  default: (await import("@/shared/form/fields/DateField")).DateInput,
}));

const classes: readonly BuyerClass[] = ["ex_factory", "wholesale", "retail"];

// Enter takes the day that was typed; it must not set the price from another day meanwhile.
const staysHere = (event: KeyboardEvent) => {
  if (event.key === "Enter") event.preventDefault();
};

/** Sets a price that holds from a day on. */
export function EnterPrice({ item }: { item: Price }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [kind, setKind] = useState<BuyerClass>("retail");
  const [stars, setStars] = useState("");
  const [amount, setAmount] = useState<number | null>(null);
  const [from, setFrom] = useState<string | null>(dayOf(now()));
  const enter = useMutation({
    mutationFn: enterPrice,
    onSuccess: () => {
      setAmount(null);
      void queries.invalidateQueries({ queryKey: ["prices"] });
      void queries.invalidateQueries({ queryKey: ["catalog"] });
    },
  });
  const wrong = enter.error instanceof Refused ? (enter.error.problem.fields ?? []) : [];
  return (
    <form
      className="card enter-price"
      onSubmit={(event) => {
        event.preventDefault();
        if (amount === null || from === null) return;
        enter.mutate({
          code: item.code,
          class: kind,
          stars: stars === "" ? null : Number(stars),
          amount,
          effective_from: from,
        });
      }}
    >
      <h2>{t("prices.enter")}</h2>
      <Pick
        label={t("prices.class")}
        options={classes.map((each) => ({ value: each, label: t(`prices.${each}`) }))}
        value={kind}
        set={(next) => setKind(next ?? kind)}
      />
      <Pick
        label={t("prices.stars")}
        options={["", "1", "2", "3"].map((n) => ({
          value: n,
          label: n === "" ? t("prices.anyStars") : t("prices.star", { n }),
        }))}
        value={stars}
        set={(next) => setStars(next ?? "")}
      />
      <div>
        <span className="sub">{t("prices.amount")}</span>
        <MoneyInput label={t("prices.amount")} value={amount} set={setAmount} />
      </div>
      <div onKeyDown={staysHere}>
        <span className="sub">{t("prices.from")}</span>
        <Suspense fallback={<Loading lines={1} />}>
          <DateInput label={t("prices.from")} from={dayOf(now())} value={from} set={setFrom} />
        </Suspense>
      </div>
      {enter.isError && (
        <div className="notice bad" role="alert">
          {wrong.length > 0
            ? wrong.map((field) => <div key={field.field}>{field.detail}</div>)
            : sentence(enter.error, t)}
        </div>
      )}
      {enter.isSuccess && (
        <div className="notice ok" role="status">
          {t("prices.saved")}
        </div>
      )}
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        loading={enter.isPending}
        disabled={amount === null || from === null}
      >
        {t("prices.save")}
      </Button>
      <p className="muted small">{t("prices.enterHint")}</p>
    </form>
  );
}
