import { Loading } from "@/shared/ui/States";

export default function UnitPage() {
  return <Loading />;
}
