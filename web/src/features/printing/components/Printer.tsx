import Button from "antd/es/button";
import Checkbox from "antd/es/checkbox";
import InputNumber from "antd/es/input-number";
import { useId, useRef, useState } from "react";
import { address } from "@/api/client";
import type { Paper } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { PaperFrame } from "@/shared/print/PaperFrame";
import { printFrame } from "@/shared/print/print";
import { type PrinterLook, mostOffset, pageOf, scales } from "@/shared/print/profile";

interface Props {
  paper: Paper;
  look: PrinterLook;
  set: (look: PrinterLook) => void;
}

/** One paper's printer: how far it is off, and a page to see it by. */
export function Printer({ paper, look, set }: Props) {
  const { t, say, lang } = useSpeech();
  const id = useId();
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  const offset = (name: "x" | "y", label: string) => (
    <label htmlFor={id + name}>
      <span className="sub">{label}</span>
      <InputNumber
        id={id + name}
        min={-mostOffset}
        max={mostOffset}
        step={0.5}
        precision={1}
        suffix={t("print.mm")}
        value={look[name]}
        onChange={(value) => set({ ...look, [name]: value ?? 0 })}
      />
    </label>
  );
  return (
    <>
      <div className="printing-look">
        {offset("x", t("print.right"))}
        {offset("y", t("print.down"))}
        <label htmlFor={`${id}s`}>
          <span className="sub">{t("print.scale")}</span>
          <InputNumber
            id={`${id}s`}
            min={scales[0]}
            max={scales[1]}
            precision={0}
            suffix="%"
            value={look.scale}
            onChange={(value) => set({ ...look, scale: value ?? 100 })}
          />
        </label>
        <Checkbox
          checked={look.dark}
          onChange={(event) => set({ ...look, dark: event.target.checked })}
        >
          {t("print.dark")}
        </Checkbox>
        {paper.kind === "impact" && (
          <Checkbox
            checked={look.carbon}
            onChange={(event) => set({ ...look, carbon: event.target.checked })}
          >
            {t("print.carbonHere")}
          </Checkbox>
        )}
      </div>
      <p className="muted small">{t("print.testText")}</p>
      <PaperFrame
        frame={frame}
        paper={paper}
        title={`${t("print.test")} ${say(paper.title)}`}
        src={address(pageOf(`/papers/${paper.key}/test`, look, { lang }))}
        onReady={() => setReady(true)}
      />
      <div className="row">
        <Button type="primary" disabled={!ready} onClick={() => printFrame(frame.current)}>
          {t("print.printTest")}
        </Button>
      </div>
    </>
  );
}
