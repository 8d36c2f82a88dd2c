import { Loading } from "@/shared/ui/States";

export default function CasePage() {
  return <Loading />;
}
