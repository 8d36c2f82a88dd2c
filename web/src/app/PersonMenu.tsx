import { useMutation, useQueryClient } from "@tanstack/react-query";
import Dropdown from "antd/es/dropdown";
import { useNavigate } from "react-router";
import { meQuery, signOut } from "@/api/queries/session";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { type ThemeChoice, useTheme } from "@/shared/theme/theme";

/** The person: name, roles, appearance, sign out. */
export function PersonMenu({ me }: { me: Me }) {
  const { t, say } = useSpeech();
  const [, theme, setTheme] = useTheme();
  const leave = useLeave(me);
  const go = useNavigate();
  const themes: [ThemeChoice, string][] = [
    ["system", t("frame.themeSystem")],
    ["light", t("frame.themeLight")],
    ["dark", t("frame.themeDark")],
  ];
  return (
    <Dropdown
      trigger={["click"]}
      placement="bottomRight"
      menu={{
        selectedKeys: [theme],
        items: [
          {
            key: "who",
            type: "group",
            label: `${me.person.name} · ${me.roles.map((role) => say(role.title)).join(" · ")}`,
          },
          {
            key: "theme",
            type: "group",
            label: t("frame.theme"),
            children: themes.map(([key, label]) => ({ key, label })),
          },
          { type: "divider" },
          { key: "me", label: t("staff.changePassword") },
          ...(me.permissions.includes("document_read")
            ? [{ key: "printing", label: t("print.settings") }]
            : []),
          { key: "leave", label: t("frame.signOut") },
        ],
        onClick: ({ key }) => {
          if (key === "leave") leave();
          else if (key === "me" || key === "printing") void go(`/${key}`);
          else setTheme(key as ThemeChoice);
        },
      }}
    >
      <button
        type="button"
        className="avatar"
        aria-label={`${t("frame.account")} ${me.person.name}`}
      >
        {me.person.name.slice(0, 1)}
      </button>
    </Dropdown>
  );
}

function useLeave(me: Me): () => void {
  const queries = useQueryClient();
  const go = useNavigate();
  const { mutate } = useMutation({
    mutationFn: () => signOut(me),
    onSuccess: async () => {
      await go("/");
      queries.clear();
      queries.setQueryData(meQuery.queryKey, null);
    },
  });
  return mutate;
}
