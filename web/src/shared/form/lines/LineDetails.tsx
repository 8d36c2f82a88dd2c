import Input from "antd/es/input/Input";
import type { Line } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { kindName, lineKinds } from "./totals";

/** Serials, must-replace, declined, genuine, and why it differs from the estimate. */
export function LineDetails({ line, put }: { line: Line; put: (line: Line) => void }) {
  const { t } = useSpeech();
  const mark = (name: "mandatory" | "declined" | "genuine", label: string) => (
    <button
      type="button"
      className="chip"
      aria-pressed={line[name] === true}
      onClick={() => put({ ...line, [name]: line[name] !== true })}
    >
      {label}
    </button>
  );
  return (
    <div className="line-details">
      {!line.item && (
        <div className="row">
          <Pick
            small
            label={t("form.lineItem")}
            options={lineKinds.map((kind) => ({ value: kind, label: t(kindName[kind]) }))}
            value={line.kind}
            set={(kind) => put({ ...line, kind: kind ?? "part" })}
          />
        </div>
      )}
      {line.kind === "part" && (
        <div className="line-serials">
          <label>
            <span>{t("form.lineOldSerial")}</span>
            <Input
              className="mono"
              value={line.old_serial ?? ""}
              onChange={(event) => put({ ...line, old_serial: event.target.value || null })}
            />
          </label>
          <label>
            <span>{t("form.lineNewSerial")}</span>
            <Input
              className="mono"
              value={line.new_serial ?? ""}
              onChange={(event) => put({ ...line, new_serial: event.target.value || null })}
            />
          </label>
        </div>
      )}
      <div className="row">
        {line.kind === "part" && mark("mandatory", t("form.lineMandatory"))}
        {line.kind === "part" && mark("genuine", t("form.lineGenuine"))}
        {mark("declined", t("form.lineDeclined"))}
      </div>
      <label>
        <span>{t("form.lineReason")}</span>
        <Input
          value={line.reason ?? ""}
          onChange={(event) => put({ ...line, reason: event.target.value || null })}
        />
      </label>
    </div>
  );
}
