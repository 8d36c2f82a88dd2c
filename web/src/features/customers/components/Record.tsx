import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading, sentence } from "@/shared/ui/States";
import { liftHold, recordQuery, withdraw } from "../api/queries";
import { CopyForm } from "./CopyForm";
import { Erase } from "./Erase";
import { Events } from "./Events";
import { HeldRows } from "./HeldRows";
import { HoldForm } from "./HoldForm";

/** What is held about somebody and for how long, who looked at it, and the acts of the law. */
export function Record({ id }: { id: string }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const record = useQuery(recordQuery(id));
  const fresh = () => queries.invalidateQueries({ queryKey: ["customer", id] });
  const lift = useMutation({ mutationFn: (hold: string) => liftHold(id, hold), onSuccess: fresh });
  const back = useMutation({ mutationFn: () => withdraw(id), onSuccess: fresh });
  if (record.isPending) return <Loading lines={4} />;
  if (record.isError) return <Failed error={record.error} retry={() => void record.refetch()} />;
  const { erased, request, held, loses, events } = record.data;
  const failed = lift.error ?? back.error;
  return (
    <>
      {!erased && (
        <section className="card stack">
          <h2>{t("customers.erasure")}</h2>
          {request && (
            <div className="notice row">
              <span>
                {t("customers.waits", {
                  at: dateTime(request.asked_at),
                  by: request.by?.name ?? "–",
                })}
              </span>
              <Button loading={back.isPending} onClick={() => back.mutate()}>
                {t("customers.takeBack")}
              </Button>
            </div>
          )}
          <p className="muted">{t(held.length > 0 ? "customers.heldBy" : "customers.free")}</p>
          <HeldRows held={held} lift={lift.mutate} busy={lift.isPending} />
          {failed && (
            <p className="notice bad" role="alert">
              {sentence(failed, t)}
            </p>
          )}
          <Erase id={id} held={held.length > 0} request={request} loses={loses} done={fresh} />
          <HoldForm id={id} done={fresh} />
        </section>
      )}
      {!erased && <CopyForm id={id} done={fresh} />}
      <section className="card stack">
        <h2>{t("customers.history")}</h2>
        <Events items={events} />
      </section>
    </>
  );
}
