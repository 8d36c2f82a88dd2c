import Input from "antd/es/input/Input";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { MoneyInput } from "../fields/plain";
import { Charged } from "./Charged";
import { LineDetails } from "./LineDetails";
import { type LineProps, PayerPick, Quantity } from "./LineRow";
import { amount, kindName } from "./totals";
import { useLineTitle } from "./useLineTitle";

/** One line as a card for the phone. */
export function LineCard({ line, put, drop }: LineProps) {
  const { t } = useSpeech();
  const title = useLineTitle();
  const [open, setOpen] = useState(!line.title);
  return (
    <div className={`line-card ${line.declined ? "declined" : ""}`}>
      <div className="row line-card-head">
        {line.item ? (
          <b>{title(line)}</b>
        ) : (
          <Input
            aria-label={t("form.lineTitle")}
            value={line.title}
            placeholder={t("form.lineTitle")}
            onChange={(event) => put({ ...line, title: event.target.value })}
          />
        )}
        <span className="muted small">
          {t(kindName[line.kind])}
          {line.item && ` · ${line.item}`}
        </span>
      </div>
      <Charged line={line} />
      <div className="line-card-grid">
        <label>
          <span>{t("form.lineQuantity")}</span>
          <Quantity line={line} put={put} />
        </label>
        <label>
          <span>{t("form.linePrice")}</span>
          <MoneyInput
            value={line.unit_price}
            set={(unit_price) => put({ ...line, unit_price })}
          />
        </label>
        <label>
          <span>{t("form.linePayer")}</span>
          <PayerPick line={line} put={put} />
        </label>
        <div className="line-card-amount">
          <span>{t("form.lineAmount")}</span>
          <b>{line.declined ? "–" : yuan(amount(line))}</b>
        </div>
      </div>
      {open && <LineDetails line={line} put={put} />}
      <div className="row line-card-foot">
        <button
          type="button"
          className="link small"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(open ? "form.lineLess" : "form.lineMore")}
        </button>
        {!line.rule && (
          <button type="button" className="link small" onClick={drop}>
            {t("form.removeLine")}
          </button>
        )}
      </div>
    </div>
  );
}
