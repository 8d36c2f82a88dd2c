import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import { Refused } from "@/api/client";
import type { BuyerClass, Price } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { MoneyInput } from "@/shared/form/fields/plain";
import { now } from "@/shared/time/clock";
import { dayOf } from "@/shared/time/format";
import { Pick } from "@/shared/ui/Pick";
import { sentence } from "@/shared/ui/States";
import { enterPrice } from "../api/queries";

const classes: readonly BuyerClass[] = ["ex_factory", "wholesale", "retail"];

/** Sets a price that holds from a day on. */
export function EnterPrice({ item }: { item: Price }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [kind, setKind] = useState<BuyerClass>("retail");
  const [stars, setStars] = useState("");
  const [amount, setAmount] = useState<number | null>(null);
  const [from, setFrom] = useState(dayOf(now()));
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
        if (amount === null) return;
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
      <label>
        <span>{t("prices.amount")}</span>
        <MoneyInput label={t("prices.amount")} value={amount} set={setAmount} />
      </label>
      <label>
        <span>{t("prices.from")}</span>
        <input
          type="date"
          className="native-date"
          aria-label={t("prices.from")}
          min={dayOf(now())}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
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
        disabled={amount === null || from === ""}
      >
        {t("prices.save")}
      </Button>
      <p className="muted small">{t("prices.enterHint")}</p>
    </form>
  );
}
