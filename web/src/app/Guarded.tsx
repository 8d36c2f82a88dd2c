import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { NotFound } from "./NotFound";
import type { AppRoute } from "./routes";

/** A page for those whose role sees it, with its name in the window's title. */
export function Guarded({ route, children }: { route: AppRoute; children: ReactNode }) {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const title = t(route.name);
  const product = t("frame.product");
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  if (route.permission && me && !me.permissions.includes(route.permission)) return <NotFound />;
  return children;
}
