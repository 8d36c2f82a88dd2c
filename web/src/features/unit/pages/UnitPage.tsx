import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link, useParams } from "react-router";
import { processesQuery } from "@/api/queries/shared";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { Vehicle } from "@/shared/unit/Vehicle";
import { History, VehicleAside, Warnings } from "@/shared/unit/VehicleAside";
import { unitQuery } from "@/shared/unit/queries";
import { Parts } from "../components/Parts";

/** The vehicle's file: coverage with its why, every part and serial, papers, all its cases. */
export default function UnitPage() {
  const { t, say } = useSpeech();
  const phone = usePhone();
  const { id = "" } = useParams();
  const unit = useQuery(unitQuery(id));
  const { data: processes } = useQuery(processesQuery);
  if (unit.isPending) {
    return (
      <div className="card">
        <Loading lines={9} />
      </div>
    );
  }
  if (unit.isError) return <Failed error={unit.error} retry={() => void unit.refetch()} />;
  const openable = processes?.items.filter(
    (process) => process.can_open && process.subject === "unit",
  );
  return (
    <div className="columns">
      <div className="stack">
        {phone && <Warnings unit={unit.data} />}
        <Vehicle unit={unit.data} />
        {openable && openable.length > 0 && (
          <div className="row">
            {openable.map((process) => (
              <Link key={process.id} to={`/open/${process.id}?unit=${id}`}>
                <Button>{t("cases.openTitle", { process: say(process.title) })}</Button>
              </Link>
            ))}
          </div>
        )}
        <Parts unit={unit.data} />
      </div>
      {phone ? <History unit={unit.data} /> : <VehicleAside unit={unit.data} />}
    </div>
  );
}
