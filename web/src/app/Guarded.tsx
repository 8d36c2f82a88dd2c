import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Navigate } from "react-router";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { NotFound } from "./NotFound";
import { type AppRoute, routes } from "./routes";

/** A page for those whose role sees it, with its name in the window's title. */
export function Guarded({ route, children }: { route: AppRoute; children: ReactNode }) {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const title = t(route.name);
  const product = t("frame.product");
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  // Whose role asks for a second factor sees nothing else before.
  if (me?.second_factor === "needed" && route.path !== "/me") return <Navigate to="/me" replace />;
  const may = (permission: AppRoute["permission"]) =>
    !permission || !me || me.permissions.includes(permission);
  if (!may(route.permission)) {
    // Who has no to-dos begins with the first page they may see.
    const first = routes.find((each) => each.area && may(each.permission));
    return route.path === "/" && first ? <Navigate to={first.path} replace /> : <NotFound />;
  }
  return children;
}
