import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useSpeech } from "@/shared/i18n";

/** Says that the line is down and that nothing typed is lost. */
export function OfflineBar() {
  const { t } = useSpeech();
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  if (online) return null;
  return (
    <div className="offline" role="status">
      {t("frame.offline")}
    </div>
  );
}
