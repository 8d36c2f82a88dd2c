import Button from "antd/es/button";
import { useRef, useState } from "react";
import { fileAddress, upload } from "@/api/files";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import type { FieldProps } from "../skin";

/** Files of any kind the server takes. */
export default function FilesField({ id, value, set }: FieldProps) {
  const { t } = useSpeech();
  const files = (value as string[] | null) ?? [];
  const input = useRef<HTMLInputElement>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const send = async (file: File) => {
    setFailed(null);
    setPercent(0);
    try {
      set([...files, (await upload(file, file.name, setPercent)).id]);
    } catch (error) {
      setFailed(sentence(error, t));
    } finally {
      setPercent(null);
    }
  };
  return (
    <div className="row">
      {files.map((file, i) => (
        <span key={file} className="tag line">
          <a href={fileAddress(file)} target="_blank" rel="noreferrer">
            {`#${i + 1}`}
          </a>{" "}
          <button
            type="button"
            className="link"
            onClick={() => set(files.filter((other) => other !== file))}
          >
            {t("form.removeFile")}
          </button>
        </span>
      ))}
      <Button id={id} loading={percent !== null} onClick={() => input.current?.click()}>
        {percent === null ? t("form.addFile") : t("form.uploading", { percent })}
      </Button>
      {failed && <span className="late small">{failed}</span>}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("form.addFile")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void send(file);
        }}
      />
    </div>
  );
}
