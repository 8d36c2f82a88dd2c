import { Link } from "react-router";
import type { Watched } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** That the vehicle is watched (车辆质量跟踪), why, and where its check is written down. */
export function WatchedLine({ watched }: { watched: Watched }) {
  const { t } = useSpeech();
  return (
    <p className="notice warn" role="status">
      <b>{t("quality.watched")}</b> {watched.why}
      {watched.look && ` · ${t("quality.look", { what: watched.look })}`}{" "}
      <Link to={`/case/${watched.case}`}>{watched.number}</Link>
    </p>
  );
}
