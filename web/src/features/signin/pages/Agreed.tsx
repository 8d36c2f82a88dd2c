import { useSearchParams } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Door } from "../components/Door";

/** Where WeChat leads back to after a customer said yes, or no, to one message. */
export default function Agreed() {
  const { t } = useSpeech();
  const [search] = useSearchParams();
  const yes = search.get("action") === "confirm";
  return (
    <Door title={t(yes ? "told.agreed" : "told.notAgreed")}>
      <p>{t(yes ? "told.agreedText" : "told.notAgreedText")}</p>
    </Door>
  );
}
