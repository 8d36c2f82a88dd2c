import Button from "antd/es/button";
import { type ComponentType, useCallback, useEffect, useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { Blank } from "@/shared/ui/States";
import type { AppRoute } from "./routes";

/** A page whose program could not be fetched: it comes by itself once the line is back. */
export function Away({ load }: { load: AppRoute["load"] }) {
  const { t } = useSpeech();
  const [page, setPage] = useState<{ Page: ComponentType } | null>(null);
  const again = useCallback(() => {
    // Still unreachable: the sentence stays as it is.
    load().then(
      (found) => setPage({ Page: found.default }),
      () => undefined,
    );
  }, [load]);
  useEffect(() => {
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, [again]);
  if (page) return <page.Page />;
  return (
    <Blank title={t("words.errorTitle")} text={t("words.errorUnreachable")}>
      <Button onClick={again}>{t("words.retry")}</Button>
    </Blank>
  );
}
