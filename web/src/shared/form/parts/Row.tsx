import CloseOutlined from "@ant-design/icons/CloseOutlined";
import Input from "antd/es/input/Input";
import { type ReactNode, useState } from "react";
import type { FieldError, PartRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { NumberInput } from "../fields/plain";
import type { Compared } from "./compare";
import { Serials } from "./Serials";
import { Substitutes } from "./Substitutes";
import type { PartsSheet } from "./usePartsSheet";

interface Props {
  row: PartRow;
  sheet: PartsSheet;
  errors: readonly FieldError[];
}

/** One part: its pieces or serials, what it is compared with, why it differs, and what is wrong. */
export function Row({ row, sheet, errors }: Props) {
  const { t, say } = useSpeech();
  // A row that a link filled in knows its code only.
  const choice = sheet.choiceOf(row.part);
  const name = say(row.title ?? choice?.title) || row.part;
  const chosen = sheet.selected === row.part;
  const compared = sheet.compared(row);
  const tracked =
    ((row.tracked ?? choice?.tracked) === true && sheet.mode !== "order") ||
    sheet.mode === "labelled";
  return (
    <li
      className={`parts-row ${chosen ? "chosen" : ""}`}
      aria-current={chosen || undefined}
      data-part={row.part}
      onClick={() => sheet.select(row.part)}
    >
      <button
        type="button"
        className="parts-name"
        aria-pressed={chosen}
        aria-label={t("parts.choose", { part: name })}
        onClick={() => sheet.select(row.part)}
      >
        <b>{name}</b>
        <span className="muted small mono">{row.part}</span>
      </button>
      <div className="parts-pieces">
        {tracked ? (
          <b className="parts-of-serials">{t("parts.pieceCount", { n: row.quantity })}</b>
        ) : (
          <Stepper row={row} name={name} put={sheet.put} />
        )}
      </div>
      <Beside row={row} sheet={sheet} compared={compared} />
      <button
        type="button"
        className="parts-remove"
        aria-label={t("parts.remove", { part: name })}
        onClick={(event) => {
          event.stopPropagation();
          sheet.drop(row.part);
        }}
      >
        <CloseOutlined />
      </button>
      {tracked && <Serials row={row} sheet={sheet} compared={compared} chosen={chosen} />}
      <Substitutes row={row} sheet={sheet} />
      <Why row={row} sheet={sheet} differs={compared?.differs === true} />
      {errors.map((each) => (
        <p key={each.field + each.code} className="field-wrong parts-wrong" role="alert">
          {each.detail}
        </p>
      ))}
    </li>
  );
}

interface StepperProps {
  row: PartRow;
  name: string;
  put: (row: PartRow) => void;
}

function Stepper({ row, name, put }: StepperProps) {
  const { t } = useSpeech();
  const set = (quantity: number) => put({ ...row, quantity: Math.max(0, Math.round(quantity)) });
  return (
    <div className="stepper">
      <button
        type="button"
        aria-label={t("parts.fewer", { part: name })}
        disabled={row.quantity <= 0}
        onClick={() => set(row.quantity - 1)}
      >
        −
      </button>
      <NumberInput
        label={t("parts.count", { part: name })}
        value={row.quantity}
        set={(pieces) => set(pieces ?? 0)}
      />
      <button
        type="button"
        aria-label={t("parts.more", { part: name })}
        onClick={() => set(row.quantity + 1)}
      >
        +
      </button>
    </div>
  );
}

/** What lies on the shelf or should have come, and by how much the row differs. */
function Beside({ row, sheet, compared }: Omit<Props, "errors"> & { compared: Compared | null }) {
  const { t } = useSpeech();
  if (compared) {
    const word = sheet.mode === "count" ? t("parts.booked") : t("parts.expected");
    return (
      <div className="parts-beside">
        <span className="muted">
          {word} {compared.booked}
        </span>
        <Difference compared={compared} />
      </div>
    );
  }
  const choice = sheet.choiceOf(row.part);
  if (sheet.mode === "count" || sheet.shortage || !choice) return <div className="parts-beside" />;
  const before = sheet.expected.find((each) => each.part === row.part)?.quantity ?? 0;
  const held = sheet.mode !== "free" && sheet.mode !== "order";
  const over = held && row.quantity > (choice.on_hand ?? 0) + before;
  return (
    <div className="parts-beside">
      <span className={over ? "late" : "muted"}>
        {t("parts.onShelf")} {choice.on_hand}
      </span>
    </div>
  );
}

/** The difference in a word and a colour. */
function Difference({ compared }: { compared: Compared }): ReactNode {
  const { t } = useSpeech();
  const { by, differs } = compared;
  if (!differs) return <span className="tag ok">{t("parts.same")}</span>;
  if (by === 0) return <span className="tag bad">{t("parts.difference")}</span>;
  return by > 0 ? (
    <span className="tag warn">{t("parts.over", { n: by })}</span>
  ) : (
    <span className="tag bad">{t("parts.short", { n: -by })}</span>
  );
}

/** The reason, where something differs or is missing, and the cause of an old part. */
function Why({ row, sheet, differs }: { row: PartRow; sheet: PartsSheet; differs: boolean }) {
  const { t } = useSpeech();
  const [opened, open] = useState(false);
  const counts = sheet.mode === "count";
  // A reason that is being written anew is empty for a moment.
  const explains = Boolean(row.instead_of) || typeof row.reason === "string";
  const asked = (counts && differs) || sheet.shortage || explains;
  // Of old parts that stand under another heading it is said why, not why they are missing.
  const elsewhere = sheet.mode === "labelled" && sheet.shortage;
  const first = sheet.expected.length === 0 && !sheet.shortage;
  const label = sheet.shortage ? "parts.shortReason" : "parts.reason";
  const offered = !counts && differs;
  return (
    <>
      {(sheet.mode === "old" || (sheet.mode === "labelled" && first)) && (
        <label className="parts-why">
          <span>{t("parts.cause")}</span>
          <Input
            maxLength={200}
            value={row.cause ?? ""}
            onChange={(event) => sheet.put({ ...row, cause: event.target.value })}
          />
        </label>
      )}
      {asked || opened ? (
        <label className="parts-why">
          <span>{t((differs || sheet.shortage) && !elsewhere ? label : "parts.plainReason")}</span>
          <Input
            maxLength={200}
            value={row.reason ?? ""}
            onChange={(event) => sheet.put({ ...row, reason: event.target.value })}
          />
        </label>
      ) : (
        offered && (
          <button type="button" className="link small parts-why" onClick={() => open(true)}>
            {t("parts.addReason")}
          </button>
        )
      )}
    </>
  );
}
