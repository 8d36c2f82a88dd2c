import { useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { useId, useState } from "react";
import { catalogQuery } from "@/api/queries/shared";
import type { Catalog, Line, LineKind } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { useFormContext } from "../skin";
import { kindName, lineKinds } from "./totals";

let counter = 0;
const freshId = () => `l${Date.now().toString(36)}${(counter++).toString(36)}`;

const kindOf = (price: Catalog["prices"][number]): LineKind =>
  lineKinds.find((kind) => kind === price.kind) ?? "part";

// The line keeps the words of the paper, which is printed in Chinese.
function fromPrice(price: Catalog["prices"][number]): Line {
  const kind = kindOf(price);
  return {
    id: freshId(),
    kind,
    item: price.code,
    title: price.title.zh,
    component: price.component,
    quantity: price.standard ?? 1000,
    // Who pays decides the price: the server's preview fills it in.
    unit_price: null,
    payer: null,
    mandatory: true,
    genuine: kind === "part",
  };
}

// What does not fit the vehicle is not for it, and travel is reckoned by the standard.
function offered(price: Catalog["prices"][number], model: string | null): boolean {
  const fits = model === null || price.models.length === 0 || price.models.includes(model);
  return fits && price.kind !== "travel";
}

/** Adds a line from the price list: nothing else may be charged. */
export function AddLine({ id, add }: { id: string; add: (line: Line) => void }) {
  const { t, say } = useSpeech();
  const { data } = useQuery(catalogQuery);
  const [text, setText] = useState("");
  const label = useId();
  const { model } = useFormContext();
  const prices = (data?.prices ?? []).filter((price) => offered(price, model));
  return (
    <div className="add-line">
      <span id={label} className="hidden">
        {t("form.addLine")}
      </span>
      <Select
        id={id}
        aria-labelledby={label}
        showSearch={{ searchValue: text, onSearch: setText, optionFilterProp: "find" }}
        value={null}
        placeholder={`+ ${t("form.priceSearch")}`}
        style={{ width: "100%" }}
        popupMatchSelectWidth={480}
        options={[
          ...prices.map((price) => ({
            value: price.code,
            find: `${say(price.title)} ${price.code}`,
            label: (
              <span className="price-option">
                <span>{say(price.title)}</span>
                <span className="muted">
                  {t(kindName[kindOf(price)])} · {price.code}
                </span>
                <span>{yuan(price.retail)}</span>
              </span>
            ),
          })),
        ]}
        onChange={(code: string | null) => {
          const price = prices.find((each) => each.code === code);
          if (price) add(fromPrice(price));
          setText("");
        }}
      />
    </div>
  );
}
