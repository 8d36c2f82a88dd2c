import { Loading } from "@/shared/ui/States";

export default function CaseList() {
  return <Loading />;
}
