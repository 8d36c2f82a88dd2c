import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Failed, Loading } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { OpenMenu } from "@/shared/unit/OpenMenu";
import { Vehicle } from "@/shared/unit/Vehicle";
import { History, VehicleAside, Warnings } from "@/shared/unit/VehicleAside";
import { unitQuery } from "@/shared/unit/queries";
import { useOrderKey } from "@/shared/unit/useOrderKey";
import { Parts } from "../components/Parts";
import { Past } from "../components/Past";

/** The vehicle's file: coverage with its why, every part and serial, papers, all its cases. */
export default function UnitPage() {
  const phone = usePhone();
  const { id = "" } = useParams();
  useOrderKey(id);
  const unit = useQuery(unitQuery(id));
  if (unit.isPending) {
    return (
      <div className="card">
        <Loading lines={9} />
      </div>
    );
  }
  if (unit.isError) return <Failed error={unit.error} retry={() => void unit.refetch()} />;
  return (
    <div className="columns">
      <div className="stack">
        {phone && <Warnings unit={unit.data} />}
        <Vehicle unit={unit.data} act={<OpenMenu unit={id} />} />
        <Parts unit={unit.data} />
        <Past unit={unit.data} />
      </div>
      {phone ? <History unit={unit.data} /> : <VehicleAside unit={unit.data} />}
    </div>
  );
}
