import { Loading } from "@/shared/ui/States";

export default function Rulebook() {
  return <Loading />;
}
