import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Checkbox from "antd/es/checkbox";
import { useState } from "react";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { Told } from "@/api/types";
import { type Speech, useSpeech } from "@/shared/i18n";
import { ToldLine } from "@/shared/told/ToldLine";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Blank, Failed, Loading, sentence } from "@/shared/ui/States";
import { seeTo, undeliveredQuery } from "../api/queries";
import "../customers.css";

/** Why something was not sent, as its line says it. */
const whys = (t: Speech["t"]) =>
  Object.fromEntries(
    (
      [
        "no_phone",
        "no_email",
        "no_wechat",
        "no_channel",
        "no_template",
        "no_consent",
        "refused",
        "undelivered",
        "unknown",
        "too_late",
        "replaced",
        "by_hand",
        "erased",
        "restored",
      ] as const
    ).map((why) => [why, t(`told.why_${why}`)]),
  );

type How = "again" | "done";

/** Messages that reached nobody: whom to telephone, and what about; one by one or together. */
export default function Undelivered() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const list = useQuery(undeliveredQuery);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const items = list.data?.items ?? [];
  const may = me?.permissions.includes("customer_write") ?? false;
  const picked = items.filter((one) => chosen.has(one.id));
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <div className="stack customer-page">
      <div className="page-head">
        <h1>{t("told.undelivered")}</h1>
        {items.length > 0 && (
          <span className="push">
            <ExportButton
              list="deliveries"
              filter={{}}
              columns={[
                { key: "customer.name_masked", title: t("registers.name") },
                { key: "customer.phone_masked", title: t("registers.phone") },
                { key: "title", title: t("registers.about") },
                { key: "case", title: t("cases.number") },
                { key: "made_at", title: t("messages.at") },
                { key: "why", title: t("registers.why"), words: whys(t) },
              ]}
            />
          </span>
        )}
      </div>
      {list.isPending && <Loading lines={5} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <Blank title={t("told.none")} text={t("told.noneText")} />
      )}
      {items.length > 0 && <p className="muted">{t("told.undeliveredText")}</p>}
      {may && items.length > 1 && (
        <Together
          picked={picked}
          whole={picked.length === items.length}
          all={() => setChosen(new Set(items.map((one) => one.id)))}
          none={() => setChosen(new Set())}
        />
      )}
      {items.map((one) => (
        <Row
          key={one.id}
          one={one}
          may={may}
          chosen={chosen.has(one.id)}
          toggle={items.length > 1 ? () => toggle(one.id) : null}
        />
      ))}
    </div>
  );
}

/** What is done to all that are ticked; what one cannot be, such as sent again, is left ticked. */
function Together({
  picked,
  whole,
  all,
  none,
}: {
  picked: Told[];
  whole: boolean;
  all: () => void;
  none: () => void;
}) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const see = useMutation({
    mutationFn: async (how: How) => {
      const able = picked.filter((one) => how === "done" || one.can_again);
      // One after another: each is an act of its own, and the list is short.
      for (const one of able) await seeTo(one.id, how);
      return { done: able.length, left: picked.length - able.length };
    },
    onSuccess: ({ left }) => {
      if (left === 0) none();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  const again = picked.some((one) => one.can_again);
  return (
    <section className="card row told-together">
      <Checkbox
        checked={whole}
        indeterminate={picked.length > 0 && !whole}
        onChange={() => (whole ? none() : all())}
      >
        {picked.length > 0 ? t("told.chosen", { n: picked.length }) : t("told.chooseAll")}
      </Checkbox>
      <Button
        disabled={picked.length === 0}
        loading={see.isPending}
        onClick={() => see.mutate("done")}
      >
        {t("told.done")}
      </Button>
      <Button disabled={!again} loading={see.isPending} onClick={() => see.mutate("again")}>
        {t("told.again")}
      </Button>
      {see.data && (
        <span className="muted small" role="status">
          {t("told.doneMany", { n: see.data.done })}
          {see.data.left > 0 && ` ${t("told.leftMany", { n: see.data.left })}`}
        </span>
      )}
      {see.error && (
        <p className="late small" role="alert">
          {sentence(see.error, t)}
        </p>
      )}
    </section>
  );
}

function Row({
  one,
  may,
  chosen,
  toggle,
}: {
  one: Told;
  may: boolean;
  chosen: boolean;
  toggle: (() => void) | null;
}) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const see = useMutation({
    mutationFn: (how: How) => seeTo(one.id, how),
    onSettled: () => queries.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  const { customer } = one;
  const name = [customer.name_masked, customer.phone_masked].filter(Boolean).join(" · ");
  const whom = name || t("customers.nameless");
  return (
    <section className="card">
      <div className="row">
        {may && toggle && (
          <Checkbox
            checked={chosen}
            aria-label={t("told.choose", { name: whom })}
            onChange={toggle}
          />
        )}
        <Link to={`/customer/${customer.id}`}>
          <b>{whom}</b>
        </Link>
        {one.case && <Link to={`/case/${one.case.id}`}>{one.case.number}</Link>}
      </div>
      <ul className="told-list">
        <ToldLine of={one} />
      </ul>
      {see.error && <p className="late small">{sentence(see.error, t)}</p>}
      {may && (
        <div className="row">
          <Button loading={see.isPending} onClick={() => see.mutate("done")}>
            {t("told.done")}
          </Button>
          <Button
            disabled={!one.can_again}
            loading={see.isPending}
            onClick={() => see.mutate("again")}
          >
            {t("told.again")}
          </Button>
          {!one.can_again && one.why !== "undelivered" && (
            <span className="muted small">{t("told.textGone")}</span>
          )}
        </div>
      )}
    </section>
  );
}
