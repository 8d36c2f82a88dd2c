import Button from "antd/es/button";
import Dropdown from "antd/es/dropdown";
import { useNavigate } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { useOpenable } from "@/shared/unit/OpenMenu";

interface Props {
  /** The process that takes the call down: it is not opened twice. */
  taking: string;
  unit: string | null;
  customer: string | null;
  /** What is handed over to the form: name, number, matter. */
  known: Readonly<Record<string, string>>;
}

/** Opens a case while the customer is on the line; the call comes back with its number. */
export function OpenWhile({ taking, unit, customer, known }: Props) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const { repair, others } = useOpenable();
  const fits = others.filter(
    (each) => each.id !== taking && (each.subject !== "unit" || unit || each.area === "inquiry"),
  );
  const open = (process: string) => {
    const asked = new URLSearchParams({ call: "1" });
    if (unit) asked.set("unit", unit);
    if (customer) asked.set("customer", customer);
    for (const [field, value] of Object.entries(known)) if (value) asked.set(`v.${field}`, value);
    void go(`/open/${process}?${asked}`);
  };
  return (
    <div className="row">
      {repair && <Button onClick={() => open(repair.id)}>{t("hotline.openOrder")}</Button>}
      {fits.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: fits.map((each) => ({ key: each.id, label: say(each.title) })),
            onClick: ({ key }) => open(key),
          }}
        >
          <Button>
            {t("hotline.openOther")}
            <span aria-hidden="true" className="caret" />
          </Button>
        </Dropdown>
      )}
    </div>
  );
}
