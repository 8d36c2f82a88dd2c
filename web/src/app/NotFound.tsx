import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Blank } from "@/shared/ui/States";

export function NotFound() {
  const { t } = useSpeech();
  return (
    <Blank title={t("frame.notFoundTitle")} text={t("frame.notFoundText")}>
      <Link to="/">{t("frame.home")}</Link>
    </Blank>
  );
}
