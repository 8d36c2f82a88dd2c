import { useQuery } from "@tanstack/react-query";
import { NavLink } from "react-router";
import { offersQuery } from "@/api/queries/shared";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { pressing } from "@/shared/offers";
import { type AppRoute, areaName, areas, routes } from "./routes";

/** What the addresses of a page's inner pages begin with. */
const within = (route: AppRoute) => (route.path === "/" ? "/" : `${route.path}/`);

/** The areas this person's roles may see, by work. */
export function SideBar({ me }: { me: Me }) {
  const { t } = useSpeech();
  const { data: offers } = useQuery({
    ...offersQuery,
    enabled: me.permissions.includes("case_act"),
  });
  const mine = pressing(offers?.items ?? []);
  return (
    <nav className="side" aria-label={t("frame.menu")}>
      <div className="side-logo">
        <img src="/mark.svg" alt="" width="28" height="28" />
        {t("frame.product")}
      </div>
      {areas.map((area) => {
        const shown = routes.filter(
          (route) =>
            route.area === area &&
            (route.permission === null || me.permissions.includes(route.permission)),
        );
        if (shown.length === 0) return null;
        return (
          <section key={area}>
            <h2>{t(areaName[area])}</h2>
            {shown.map((route) => (
              <NavLink
                key={route.path}
                to={route.path}
                end={routes.some((other) => other.area && other.path.startsWith(within(route)))}
              >
                {t(route.name)}
                {route.path === "/" && mine > 0 && <small>{mine}</small>}
              </NavLink>
            ))}
          </section>
        );
      })}
      <footer>
        <span>{me.company.name}</span>
        <span title={me.release.hash}>
          {t("frame.release")} {me.release.short}
        </span>
        {me.demo && <span className="side-demo">{t("frame.demo")}</span>}
      </footer>
    </nav>
  );
}
