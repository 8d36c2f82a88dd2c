import { useNavigate } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { OpenFrom } from "@/shared/unit/OpenFrom";

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
  const { t } = useSpeech();
  const go = useNavigate();
  const open = (process: string) => {
    const asked = new URLSearchParams({ call: "1" });
    if (unit) asked.set("unit", unit);
    if (customer) asked.set("customer", customer);
    for (const [field, value] of Object.entries(known)) if (value) asked.set(`v.${field}`, value);
    void go(`/open/${process}?${asked}`);
  };
  return (
    <OpenFrom
      not={taking}
      unit={unit}
      order={t("hotline.openOrder")}
      other={t("hotline.openOther")}
      open={open}
    />
  );
}
