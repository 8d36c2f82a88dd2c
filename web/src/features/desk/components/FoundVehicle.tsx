import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link, useNavigate } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { Vehicle } from "@/shared/unit/Vehicle";
import { History, VehicleAside, Warnings } from "@/shared/unit/VehicleAside";
import { unitQuery } from "@/shared/unit/queries";
import { usePhone } from "@/shared/ui/usePhone";
import { useOpenable } from "./useOpenable";

/** The vehicle that was found, opened in place. */
export function FoundVehicle({ id, back }: { id: string; back: (() => void) | null }) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const phone = usePhone();
  const unit = useQuery(unitQuery(id));
  const { repair, others } = useOpenable();
  if (unit.isPending) {
    return (
      <div className="card">
        <Loading lines={8} />
      </div>
    );
  }
  if (unit.isError) return <Failed error={unit.error} retry={() => void unit.refetch()} />;
  const running = unit.data.cases.find(
    (one) => one.state.kind && !["done", "cancelled"].includes(one.state.kind),
  );
  const act = repair && (
    <Button type="primary" onClick={() => void go(`/open/${repair.id}?unit=${id}`)}>
      {t("unit.newOrder")}
      {!phone && <span className="key-hint">F4</span>}
    </Button>
  );
  return (
    <>
      {back && (
        <button type="button" className="link desk-back" onClick={back}>
          {t("words.back")}
        </button>
      )}
      <div className="columns">
        <div className="stack">
          {phone && <Warnings unit={unit.data} />}
          {running && (
            <Link to={`/case/${running.id}`} className="notice warn running">
              {t("desk.inProgress", { number: running.number })} · {say(running.state.title)}
            </Link>
          )}
          <Vehicle unit={unit.data} act={act} />
          <div className="row">
            <Link to={`/unit/${id}`}>{t("unit.openPage")}</Link>
            {others.map((process) => (
              <Link key={process.id} to={`/open/${process.id}?unit=${id}`}>
                {t("desk.openNew")} · {say(process.title)}
              </Link>
            ))}
          </div>
        </div>
        {phone ? <History unit={unit.data} /> : <VehicleAside unit={unit.data} />}
      </div>
    </>
  );
}
