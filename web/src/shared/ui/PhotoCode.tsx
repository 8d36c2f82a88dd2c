import ScanOutlined from "@ant-design/icons/ScanOutlined";
import { useRef, useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { canReadCodes, readCode } from "@/shared/scan";

interface Props {
  className: string;
  read: (code: string) => void;
}

/** Takes a photo and reads the bar or QR code on it; says so where there is none. */
export function PhotoCode({ className, read }: Props) {
  const { t } = useSpeech();
  const photo = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState(false);
  const take = async (file: File) => {
    const code = await readCode(file);
    setFailed(code === null);
    if (code) read(code);
  };
  return (
    <span className="photo-code">
      <button
        type="button"
        className={className}
        aria-label={t("desk.scan")}
        onClick={() => photo.current?.click()}
      >
        <ScanOutlined />
      </button>
      <input
        ref={photo}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("desk.scan")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void take(file);
        }}
      />
      {failed && (
        <small role="alert" className="notice warn" onClick={() => setFailed(false)}>
          {t(canReadCodes() ? "desk.noCode" : "desk.noReader")}
        </small>
      )}
    </span>
  );
}
