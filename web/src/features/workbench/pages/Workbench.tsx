import { Loading } from "@/shared/ui/States";

export default function Workbench() {
  return <Loading />;
}
