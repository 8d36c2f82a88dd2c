import { Loading } from "@/shared/ui/States";

export default function Desk() {
  return <Loading />;
}
