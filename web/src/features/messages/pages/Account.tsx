import { Loading } from "@/shared/ui/States";

export default function Account() {
  return <Loading />;
}
