import { useQuery } from "@tanstack/react-query";
import Input, { type InputRef } from "antd/es/input";
import { useRef, useState } from "react";
import { Link } from "react-router";
import { address } from "@/api/client";
import { meQuery } from "@/api/queries/session";
import type { DueBill } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { useNow } from "@/shared/time/clock";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { deskQuery } from "../api/queries";
import { Collect } from "../components/Collect";
import { Mine } from "../components/Mine";
import "./cashier.css";

const DAY = 86_400_000;

/** The cashier's desk (收银): what is to be collected here, and what I took since my last count. */
export default function Cashier() {
  const { t } = useSpeech();
  const desk = useQuery(deskQuery);
  const { data: me } = useQuery(meQuery);
  const find = useRef<InputRef>(null);
  const [asked, setAsked] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [taken, setTaken] = useState<{ bill: DueBill; sum: number } | null>(null);
  if (desk.isPending) return <Loading lines={6} />;
  if (desk.isError && !desk.data) {
    return <Failed error={desk.error} retry={() => void desk.refetch()} />;
  }
  const q = asked.trim().toLowerCase();
  const fits = (bill: DueBill) =>
    [bill.bill_for, bill.number, bill.customer_masked ?? ""].some((text) =>
      text.toLowerCase().includes(q),
    );
  const due = desk.data.due.filter(fits);
  const bill = desk.data.due.find((one) => one.id === chosen) ?? null;
  const sum = desk.data.due.reduce((all, one) => all + one.amount, 0);
  const choose = (one: DueBill | undefined) => {
    setTaken(null);
    setChosen(one?.id ?? null);
  };
  return (
    <>
      <div className="page-head">
        <h1>{t("cashier.title")}</h1>
        <span className="push row">
          {me?.permissions.includes("account_read") && (
            <a className="ant-btn-like" href={address("/invoices.xlsx")} download>
              {t("cashier.invoices")}
            </a>
          )}
          <Link className="ant-btn-like" to="/open/cashier_close">
            {t("cashier.close")}
          </Link>
        </span>
      </div>
      <div className="cashier">
        <section className="card stack cashier-due">
          <Input
            ref={find}
            autoFocus
            allowClear
            value={asked}
            placeholder={t("cashier.find")}
            aria-label={t("cashier.find")}
            onChange={(event) => setAsked(event.target.value)}
            onPressEnter={() => choose(due[0])}
          />
          <h2>{t("cashier.due", { n: desk.data.due.length, sum: yuan(sum) })}</h2>
          {desk.data.due.length === 0 ? (
            <Blank title={t("cashier.none")} text={t("cashier.noneText")} />
          ) : due.length === 0 ? (
            <p className="muted">{t("cashier.noMatch", { q: asked })}</p>
          ) : (
            <ul>
              {due.map((one) => (
                <Due
                  key={one.id}
                  bill={one}
                  chosen={one.id === chosen}
                  choose={() => choose(one)}
                />
              ))}
            </ul>
          )}
        </section>
        <div className="stack">
          {taken && (
            <p className="notice ok" role="status">
              {t("cashier.taken", { number: taken.bill.bill_for, sum: yuan(taken.sum) })}{" "}
              <Link to={`/case/${taken.bill.id}`}>{t("cashier.receipt")}</Link>
            </p>
          )}
          {bill && bill.state.id !== "main.to_return" ? (
            <Collect
              key={`${bill.id}-${bill.version}`}
              bill={bill}
              done={(paid) => {
                setTaken({ bill, sum: paid });
                setChosen(null);
                // The next customer stands there: the box is free for the next number.
                setAsked("");
                find.current?.focus();
              }}
            />
          ) : (
            desk.data.due.length > 0 && <p className="muted">{t("cashier.choose")}</p>
          )}
          <Mine desk={desk.data} />
        </div>
      </div>
    </>
  );
}

function Due(props: { bill: DueBill; chosen: boolean; choose: () => void }) {
  const { t, say } = useSpeech();
  const now = useNow();
  const { bill } = props;
  const days = Math.floor((now - Date.parse(bill.opened_at)) / DAY);
  const back = bill.state.id === "main.to_return";
  const inside = (
    <>
      <span>
        <b>{bill.bill_for}</b> {bill.customer_masked}
        <br />
        <span className={bill.late ? "late small" : "muted small"}>
          {back ? t("cashier.back") : say(bill.state.title)} ·{" "}
          {days > 0 ? t("cashier.age", { days }) : t("cashier.todayDue")}
        </span>
      </span>
      <b className="cashier-amount">{yuan(back ? -bill.amount : bill.amount)}</b>
    </>
  );
  return (
    <li>
      {back ? (
        <Link to={`/case/${bill.id}`}>{inside}</Link>
      ) : (
        <button type="button" aria-pressed={props.chosen} onClick={props.choose}>
          {inside}
        </button>
      )}
    </li>
  );
}
