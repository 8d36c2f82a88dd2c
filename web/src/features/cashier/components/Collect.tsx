import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { freshKey, Refused } from "@/api/client";
import type { DueBill } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { Refusal } from "@/shared/ui/Refusal";
import { sentence } from "@/shared/ui/States";
import { collect } from "../api/queries";
import { blank, type Means, means, taking, typed as inYuan } from "./means";

/** Takes money on one bill, by one means or several, without the mouse. */
export function Collect({ bill, done }: { bill: DueBill; done: (sum: number) => void }) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const [typed, setTyped] = useState(blank);
  const key = useRef(freshKey());
  const form = useRef<HTMLFormElement>(null);
  const read = taking(typed);
  const left = bill.amount - read.sum;
  useEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);
  const take = useMutation({
    mutationFn: () => collect(bill, read.form, key.current),
    onSuccess: async () => {
      done(read.sum - (read.form.rounding ?? 0));
      await queries.invalidateQueries({ queryKey: ["cashier"] });
    },
    onError: (error) => {
      // A refusal is an answer: what is sent next is another attempt.
      if (error instanceof Refused) key.current = freshKey();
      void queries.invalidateQueries({ queryKey: ["cashier"] });
    },
  });
  const set = (name: keyof typeof blank, value: string) => {
    take.reset();
    setTyped((was) => ({ ...was, [name]: value }));
  };
  const all = (name: Means) => {
    const others = taking({ ...typed, [name]: "" }).sum;
    set(name, inYuan(Math.max(bill.amount - others, 0)));
  };
  const keys = (event: KeyboardEvent) => {
    const chosen = means[Number(event.code.replace("Digit", "")) - 1];
    if (!event.altKey || !chosen) return;
    event.preventDefault();
    all(chosen);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (read.wrong === null && read.sum > 0 && !take.isPending) take.mutate();
  };
  const entry = (name: keyof typeof blank, label: string) => (
    <Input
      value={typed[name]}
      onChange={(event) => set(name, event.target.value)}
      aria-label={label}
      status={read.wrong === name ? "error" : ""}
      inputMode="decimal"
      prefix="¥"
      autoComplete="off"
    />
  );
  return (
    <form ref={form} className="card stack collect" onSubmit={send} onKeyDown={keys}>
      <header>
        <h2>{bill.bill_for}</h2>
        <p className="muted">
          {bill.customer_masked} · {say(bill.state.title)} · {bill.number}
        </p>
        <p className="collect-due">
          {t("cashier.remaining")} <b>{yuan(bill.amount)}</b>
        </p>
      </header>
      {means.map((name, n) => (
        <div key={name} className="collect-row">
          <span>{t(`cashier.${name}` as Key)}</span>
          {entry(name, t(`cashier.${name}` as Key))}
          <Button onClick={() => all(name)} title={`Alt+${n + 1}`}>
            {t("cashier.all")}
          </Button>
        </div>
      ))}
      {(read.form.cash ?? 0) > 0 && (
        <div className="collect-row">
          <span>{t("cashier.tendered")}</span>
          {entry("tendered", t("cashier.tendered"))}
          <b className={read.change !== null && read.change < 0 ? "late" : ""}>
            {read.change === null ? "" : t("cashier.change", { sum: yuan(read.change) })}
          </b>
        </div>
      )}
      <div className="collect-row">
        <span>{t("cashier.rounding")}</span>
        {entry("rounding", t("cashier.rounding"))}
        <span />
      </div>
      <p className="collect-sum">
        {t("cashier.sum")} <b>{yuan(read.sum)}</b> · {t("cashier.left")}{" "}
        <b className={left < 0 ? "late" : ""}>{yuan(left)}</b>
      </p>
      {read.wrong !== null && <p className="notice bad">{t("cashier.notMoney")}</p>}
      {take.error && (
        <p className="notice bad" role="alert">
          {take.error instanceof Refused ? (
            <Refusal problem={take.error.problem} />
          ) : (
            sentence(take.error, t)
          )}
        </p>
      )}
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          loading={take.isPending}
          disabled={read.wrong !== null || read.sum === 0}
        >
          {t("cashier.take")}
        </Button>
        <Link to={`/case/${bill.id}`}>{t("cashier.more")}</Link>
      </div>
      <p className="muted small">{t("cashier.keys")}</p>
    </form>
  );
}
