import CloseOutlined from "@ant-design/icons/CloseOutlined";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useState } from "react";
import type { Line, Payer } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { MoneyInput, NumberInput } from "../fields/plain";
import { LineDetails } from "./LineDetails";
import { Charged } from "./Charged";
import { amount, kindName, payerName } from "./totals";
import { useLineTitle } from "./useLineTitle";

export interface LineProps {
  line: Line;
  put: (line: Line) => void;
  drop: () => void;
}

export const payers: readonly Payer[] = ["customer", "maker", "station", "supplier"];

/** One line of the table, with a second row for serials and the rarer marks. */
export function LineRow({ line, put, drop }: LineProps) {
  const { t } = useSpeech();
  const title = useLineTitle();
  const [open, setOpen] = useState(!line.title);
  const listed = line.list_price !== null && line.list_price !== undefined;
  return (
    <tbody className={line.declined ? "declined" : ""}>
      <tr>
        <td>
          {line.item ? (
            <span>{title(line)}</span>
          ) : (
            <Input
              aria-label={t("form.lineTitle")}
              value={line.title}
              placeholder={t("form.lineTitle")}
              onChange={(event) => put({ ...line, title: event.target.value })}
            />
          )}
          <div className="muted small">
            {t(kindName[line.kind])}
            {line.item && ` · ${line.item}`}{" "}
            <button
              type="button"
              className="link"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {t(open ? "form.lineLess" : "form.lineMore")}
            </button>
          </div>
          <Charged line={line} />
        </td>
        <td className="num">
          <Quantity line={line} put={put} />
        </td>
        <td className="num">
          <MoneyInput
            label={t("form.linePrice")}
            value={line.unit_price}
            set={(unit_price) => put({ ...line, unit_price })}
          />
          {line.price_class && (
            <div className="muted small">
              {t(`prices.${line.price_class}`)}
              {line.price_from && ` · ${t("prices.since", { day: line.price_from })}`}
            </div>
          )}
          {listed && line.list_price !== line.unit_price && (
            <div className="muted small">
              {t("form.lineListPrice", { price: yuan(line.list_price) })}
            </div>
          )}
        </td>
        <td className="num">{line.declined ? "–" : yuan(amount(line))}</td>
        <td>
          <PayerPick line={line} put={put} />
        </td>
        <td className="num">
          {!line.rule && (
            <button type="button" className="icon" aria-label={t("form.removeLine")} onClick={drop}>
              <CloseOutlined />
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr className="line-more">
          <td colSpan={6}>
            <LineDetails line={line} put={put} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

export function Quantity({ line, put }: Omit<LineProps, "drop">) {
  const { t } = useSpeech();
  // What a table charges follows from the facts, and so does who pays it.
  if (line.rule) return <span>{line.quantity / 1000}</span>;
  return (
    <NumberInput
      label={t("form.lineQuantity")}
      value={line.quantity / 1000}
      set={(pieces) => put({ ...line, quantity: Math.round((pieces ?? 0) * 1000) })}
    />
  );
}

export function PayerPick({ line, put }: Omit<LineProps, "drop">) {
  const { t } = useSpeech();
  if (line.rule) return <span>{t(payerName[line.payer ?? "open"])}</span>;
  return (
    <Select
      aria-label={t("form.linePayer")}
      style={{ width: "100%", minWidth: 104 }}
      allowClear
      placeholder={t("form.payerOpen")}
      value={line.payer ?? undefined}
      options={payers.map((payer) => ({ value: payer, label: t(payerName[payer]) }))}
      onChange={(payer: Payer | undefined) => {
        // Who pays decides the price: one that was typed stays, the list's own is asked anew.
        const listed = [line.list_price, line.base_price].includes(line.unit_price);
        put({ ...line, payer: payer ?? null, unit_price: listed ? null : line.unit_price });
      }}
    />
  );
}
