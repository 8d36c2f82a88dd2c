import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { OpenMenu } from "@/shared/unit/OpenMenu";
import { Vehicle } from "@/shared/unit/Vehicle";
import { History, VehicleAside, Warnings } from "@/shared/unit/VehicleAside";
import { unitQuery } from "@/shared/unit/queries";
import { usePhone } from "@/shared/ui/usePhone";

/** The vehicle that was found, opened in place. */
export function FoundVehicle({ id, back }: { id: string; back: (() => void) | null }) {
  const { t, say } = useSpeech();
  const phone = usePhone();
  const unit = useQuery(unitQuery(id));
  if (unit.isPending) {
    return (
      <div className="card">
        <Loading lines={8} />
      </div>
    );
  }
  if (unit.isError) return <Failed error={unit.error} retry={() => void unit.refetch()} />;
  const listed = unit.data.campaigns?.map((one) => one.case) ?? [];
  const running = unit.data.cases.find((one) => !one.closed_at && !listed.includes(one.id));
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
              {t("desk.inProgress", { number: running.number })} · {say(running.state)}
            </Link>
          )}
          <Vehicle unit={unit.data} act={<OpenMenu unit={id} />} />
          <Link to={`/unit/${id}`}>{t("unit.openPage")}</Link>
        </div>
        {phone ? <History unit={unit.data} /> : <VehicleAside unit={unit.data} />}
      </div>
    </>
  );
}
