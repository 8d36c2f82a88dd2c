import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import InputNumber from "antd/es/input-number";
import Modal from "antd/es/modal";
import { useId, useRef, useState, useSyncExternalStore } from "react";
import type { PartRef } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { kept } from "@/shared/kept";
import { lookOf, usePrintProfile } from "@/shared/print/profile";
import { serialsOf } from "@/shared/ledger/words";
import { usePhone } from "@/shared/ui/usePhone";
import { Pick } from "@/shared/ui/Pick";
import { type LabelSheet, labelPage } from "../api/queries";

// A printer keeps its roll: the size chosen last is the one next time.
const sizes = kept<LabelSheet["size"]>("sanbao.label", "60x40");

interface Props {
  part: PartRef;
  tracked: boolean;
  /** The serial it is opened for. */
  first?: string;
  close: () => void;
}

/** Labels for shelves and pieces: looked at first, then the browser's printer. */
export function Labels({ part, tracked, first = "", close }: Props) {
  const { t, say, lang } = useSpeech();
  const phone = usePhone();
  const id = useId();
  const frame = useRef<HTMLIFrameElement>(null);
  const [typed, setTyped] = useState(first);
  const [serials, setSerials] = useState(() => serialsOf(first));
  const [copies, setCopies] = useState(1);
  const size = useSyncExternalStore(sizes.subscribe, sizes.get);
  const { profile } = usePrintProfile();
  const look = lookOf(profile, `label_${size}`);
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
        <div>
          <span className="sub">{t("stock.labelSize")}</span>
          <Pick
            small
            label={t("stock.labelSize")}
            options={[
              { value: "60x40", label: t("stock.labelLarge") },
              { value: "40x30", label: t("stock.labelSmall") },
            ]}
            value={size}
            set={(next) => sizes.set(next ?? size)}
          />
        </div>
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
          src={labelPage({ part: part.code, serials, copies, size, lang }, look)}
        />
      </div>
    </Modal>
  );
}
