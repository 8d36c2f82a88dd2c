import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Dropdown from "antd/es/dropdown";
import { useNavigate } from "react-router";
import { meQuery } from "@/api/queries/session";
import { processesQuery } from "@/api/queries/shared";
import type { ProcessInfo } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { usePhone } from "@/shared/ui/usePhone";

/** What the person may open here: the repair order first, the others after. */
export function useOpenable(): { repair: ProcessInfo | null; others: ProcessInfo[] } {
  const { data: me } = useQuery(meQuery);
  const acts = me?.permissions.includes("case_act") ?? false;
  const { data } = useQuery({ ...processesQuery, enabled: acts });
  const may = data?.items.filter((process) => process.can_open) ?? [];
  const repairs = may.filter((process) => process.area === "repair");
  const repair = repairs.find((process) => process.id === "repair_order") ?? repairs[0] ?? null;
  return { repair, others: may.filter((process) => process !== repair) };
}

// What a counter asks for daily, beside the work order; the rest is behind one button.
const BESIDE = ["inquiry", "visit"];

/** What may be opened for a vehicle: a new work order in red, the daily ones beside, the rest. */
export function OpenMenu({ unit }: { unit: string }) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const phone = usePhone();
  const { repair, others } = useOpenable();
  const open = (process: string) => void go(`/open/${process}?unit=${unit}`);
  const daily = BESIDE.flatMap((area) => others.find((each) => each.area === area) ?? []);
  const beside = phone ? [] : daily;
  const rest = others.filter((each) => !beside.includes(each));
  return (
    <div className="open-menu">
      {repair && (
        <Button type="primary" onClick={() => open(repair.id)}>
          {t("unit.newOrder")}
          {!phone && <span className="key-hint">F4</span>}
        </Button>
      )}
      {beside.map((process) => (
        <Button key={process.id} onClick={() => open(process.id)}>
          {say(process.title)}
        </Button>
      ))}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map((process) => ({ key: process.id, label: say(process.title) })),
            onClick: ({ key }) => open(key),
          }}
        >
          <Button className="open-more">
            {t("unit.openOther")}
            <span aria-hidden="true" className="caret" />
          </Button>
        </Dropdown>
      )}
    </div>
  );
}
