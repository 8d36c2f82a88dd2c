import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import type { Case } from "@/api/types";
import { useAttempt } from "@/shared/form/useAttempt";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { useDebounced } from "@/shared/useDebounced";
import { act, knownQuery, linkCustomer, vehiclesQuery } from "../api/queries";

/** Says who it is that writes, and which vehicle it is about. */
export function WhoIsIt({ one, done }: { one: Case; done: () => void }) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const [text, setText] = useState("");
  const q = useDebounced(text.trim());
  const people = useQuery(knownQuery(q));
  const vehicles = useQuery(vehiclesQuery(q));
  const mayVehicle = one.actions.some((each) => each.id === "about_vehicle" && each.mine);
  const linked = useMutation({
    mutationFn: (to: { customer?: string; unit?: string }) =>
      attempt(to, async (key) => {
        if (to.customer && to.customer !== one.customer?.id) {
          await linkCustomer(one.id, to.customer);
        }
        if (to.unit) await act(one.id, "about_vehicle", { vehicle: to.unit }, key);
      }),
    onSuccess: done,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ["case", one.id] });
      void queries.invalidateQueries({ queryKey: ["cases"] });
    },
  });
  const found = q.length >= 2 ? (people.data?.items ?? []) : [];
  const owned = new Set(found.flatMap((each) => each.vehicles.map((unit) => unit.id)));
  const others = (q.length >= 2 ? (vehicles.data?.items ?? []) : []).filter(
    (unit) => !owned.has(unit.id),
  );
  const busy = linked.isPending;
  const asked = q.length >= 2 && people.isSuccess && vehicles.isSuccess;
  const nothing = asked && found.length + others.length === 0;
  return (
    <div className="stack enquiry-who" role="group" aria-label={t("enquiries.whoIsIt")}>
      <input
        className="plain-input"
        type="search"
        autoFocus
        aria-label={t("enquiries.whoHint")}
        placeholder={t("enquiries.whoHint")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.map((each) => (
        <div key={each.id} className="row">
          <b>{each.name_masked ?? t("enquiries.nameless")}</b>
          <span className="muted small">{each.phone_masked}</span>
          <Button
            size="small"
            disabled={busy}
            onClick={() => linked.mutate({ customer: each.id })}
          >
            {t("enquiries.isCustomer")}
          </Button>
          {mayVehicle &&
            each.vehicles.map((unit) => (
              <Button
                key={unit.id}
                size="small"
                disabled={busy}
                onClick={() => linked.mutate({ customer: each.id, unit: unit.id })}
              >
                {t("enquiries.isVehicle", {
                  vehicle: `${say(unit.model.title)} ${unit.frame_no?.slice(-6) ?? unit.plate}`,
                })}
              </Button>
            ))}
        </div>
      ))}
      {mayVehicle &&
        others.map((unit) => (
          <div key={unit.id} className="row">
            <span>
              {say(unit.model.title)} {unit.frame_no ?? unit.plate}
            </span>
            <Button size="small" disabled={busy} onClick={() => linked.mutate({ unit: unit.id })}>
              {t("enquiries.aboutThis")}
            </Button>
          </div>
        ))}
      {nothing && (
        <p className="muted small">{t("enquiries.nobodyFound")}</p>
      )}
      {linked.error && (
        <p className="late" role="alert">
          {sentence(linked.error, t)}
        </p>
      )}
    </div>
  );
}
