import { Loading } from "@/shared/ui/States";

export default function OpenCase() {
  return <Loading />;
}
