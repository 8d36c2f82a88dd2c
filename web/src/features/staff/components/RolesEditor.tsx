import Button from "antd/es/button";
import Select from "antd/es/select";
import { useSpeech } from "@/shared/i18n";
import type { RoleRow, Unit } from "../api/queries";
import { place } from "../units";
import { UnitSelect } from "./UnitSelect";

export interface RoleAt {
  role: string | null;
  org: string | null;
}

interface Props {
  roles: RoleRow[];
  units: Unit[];
  value: RoleAt[];
  set: (next: RoleAt[]) => void;
  /** The unit a new role is held at, unless another is chosen. */
  home: string | null;
}

/** Which roles somebody holds where; offered is only what I may give. */
export function RolesEditor({ roles, units, value, set, home }: Props) {
  const { t, say } = useSpeech();
  const mine = roles.filter((role) => role.mine_at.length > 0);
  const put = (at: number, part: Partial<RoleAt>) =>
    set(value.map((row, i) => (i === at ? { ...row, ...part } : row)));
  return (
    <div className="stack roles-editor">
      {value.map((row, i) => {
        const role = roles.find((one) => one.id === row.role);
        const roots = role?.mine_at ?? [];
        const there = units.filter((unit) => place(units, unit.id, roots).below);
        return (
          <div key={i} className="roles-row">
            <Select
              aria-label={t("staff.role")}
              showSearch
              optionFilterProp="label"
              placeholder={t("staff.role")}
              value={row.role}
              options={mine.map((one) => ({ value: one.id, label: say(one.title) }))}
              onChange={(next: string) => put(i, { role: next })}
            />
            <UnitSelect
              label={t("staff.heldAt")}
              units={role ? there : units}
              value={row.org}
              set={(org) => put(i, { org })}
            />
            <Button onClick={() => set(value.filter((_, other) => other !== i))}>
              {t("staff.takeAway")}
            </Button>
            {role && (
              <p className="muted small">
                {t(`staff.reach_${role.reach}`)} · {role.permissions.map(say).join(t("staff.and"))}
              </p>
            )}
          </div>
        );
      })}
      <div className="row">
        <Button onClick={() => set([...value, { role: null, org: home }])}>
          {t("staff.addRole")}
        </Button>
      </div>
    </div>
  );
}
