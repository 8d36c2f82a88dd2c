import Button from "antd/es/button";
import Popconfirm from "antd/es/popconfirm";
import { useEffect, useState } from "react";
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
  const armed = useArmed();
  const press = () => armed && submit();
  const button = (
    <Button
      type="primary"
      size="large"
      loading={busy}
      disabled={disabled ?? false}
      aria-disabled={!armed}
      onClick={danger ? undefined : press}
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
          onConfirm={press}
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

const ARM_MS = 350;

// The next act's button appears where the last one stood: the second click of a double click
// must not do it.
function useArmed() {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), ARM_MS);
    return () => clearTimeout(timer);
  }, []);
  return armed;
}
