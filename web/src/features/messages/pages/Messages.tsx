import { Loading } from "@/shared/ui/States";

export default function Messages() {
  return <Loading />;
}
