import UserOutlined from "@ant-design/icons/UserOutlined";
import { useQuery } from "@tanstack/react-query";
import { NavLink } from "react-router";
import { offersQuery } from "@/api/queries/shared";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { pressing } from "@/shared/offers";
import { routes } from "./routes";

/** The tabs at the foot of a phone. */
export function Tabs({ me }: { me: Me }) {
  const { t } = useSpeech();
  const { data: offers } = useQuery({
    ...offersQuery,
    enabled: me.permissions.includes("case_act"),
  });
  const mine = pressing(offers?.items ?? []);
  const shown = routes.filter(
    (route) => route.tab && (!route.permission || me.permissions.includes(route.permission)),
  );
  return (
    <nav className="tabs" aria-label={t("frame.menu")}>
      {shown.map((route) => (
        <NavLink key={route.path} to={route.path} end={route.path === "/"}>
          <span className="tabs-icon">
            {route.icon && <route.icon />}
            {route.path === "/" && mine > 0 && <small>{mine}</small>}
          </span>
          {t(route.name)}
        </NavLink>
      ))}
      <NavLink to="/me">
        <span className="tabs-icon">
          <UserOutlined />
          {me.unread > 0 && <small>{me.unread}</small>}
        </span>
        {t("frame.me")}
      </NavLink>
    </nav>
  );
}
