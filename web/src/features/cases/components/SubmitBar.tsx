import Button from "antd/es/button";
import Popconfirm from "antd/es/popconfirm";
import { useSpeech } from "@/shared/i18n";

interface Props {
  label: string;
  danger?: boolean;
  busy: boolean;
  asking: boolean;
  /** The state it leads to, in words. */
  next: string;
  disabled?: boolean;
  submit: () => void;
}

/** The one button in seal red; on a phone it stays under the thumb. */
export function SubmitBar({ label, danger, busy, asking, next, disabled, submit }: Props) {
  const { t } = useSpeech();
  const button = (
    <Button
      type="primary"
      size="large"
      loading={busy}
      disabled={disabled ?? false}
      onClick={danger ? undefined : submit}
    >
      {label}
    </Button>
  );
  return (
    <div className="submit-bar">
      {danger ? (
        <Popconfirm
          title={t("cases.sureTitle", { act: label })}
          description={t("cases.sureText")}
          okText={label}
          cancelText={t("words.cancel")}
          onConfirm={submit}
        >
          {button}
        </Popconfirm>
      ) : (
        button
      )}
      <span className="muted small submit-next">
        {asking ? t("form.computing") : next && t("form.willLead", { state: next })}
      </span>
    </div>
  );
}
