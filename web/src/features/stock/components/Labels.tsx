import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import InputNumber from "antd/es/input-number";
import Modal from "antd/es/modal";
import { useId, useRef, useState } from "react";
import type { PartRef } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { serialsOf } from "@/shared/ledger/words";
import { usePhone } from "@/shared/ui/usePhone";
import { labelPage } from "../api/queries";

interface Props {
  part: PartRef;
  tracked: boolean;
  close: () => void;
}

/** Labels of 60 × 40 mm: looked at first, then the browser's printer. */
export function Labels({ part, tracked, close }: Props) {
  const { t, say, lang } = useSpeech();
  const phone = usePhone();
  const id = useId();
  const frame = useRef<HTMLIFrameElement>(null);
  const [typed, setTyped] = useState("");
  const [serials, setSerials] = useState<string[]>([]);
  const [copies, setCopies] = useState(1);
  const take = () => setSerials(serialsOf(typed));
  const print = () => {
    frame.current?.contentWindow?.focus();
    frame.current?.contentWindow?.print();
  };
  const title = t("stock.labelsTitle", { part: say(part.title) });
  return (
    <Modal
      open
      onCancel={close}
      width={phone ? "100%" : 560}
      title={title}
      footer={
        <>
          <Button onClick={close}>{t("words.close")}</Button>
          <Button type="primary" onClick={print}>
            {t("words.print")}
          </Button>
        </>
      }
    >
      <div className="stack">
        {tracked && (
          <label htmlFor={`${id}s`}>
            <span className="sub">{t("stock.labelSerials")}</span>
            <Input
              id={`${id}s`}
              value={typed}
              placeholder={t("stock.labelSerialsHint")}
              onChange={(event) => setTyped(event.target.value)}
              onPressEnter={take}
              onBlur={take}
            />
          </label>
        )}
        <label htmlFor={`${id}c`}>
          <span className="sub">{t("stock.labelCopies")}</span>{" "}
          <InputNumber
            id={`${id}c`}
            min={1}
            max={100}
            value={copies}
            onChange={(next) => setCopies(next ?? 1)}
          />
        </label>
        <iframe
          ref={frame}
          className="stock-labels"
          title={title}
          src={labelPage(part.code, serials, copies, lang)}
        />
      </div>
    </Modal>
  );
}
