import { Loading } from "@/shared/ui/States";

export default function Imports() {
  return <Loading />;
}
