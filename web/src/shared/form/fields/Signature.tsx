import Button from "antd/es/button";
import { useState } from "react";
import { fileAddress, upload } from "@/api/files";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { sentence } from "@/shared/ui/States";
import type { FieldProps } from "../skin";
import { Pad } from "./Pad";

interface Signed {
  file: string;
  by: string;
  means: "pad" | "paper" | "code";
}

/** A signature: written on the screen, or on paper and photographed; both count the same. */
export default function SignatureField({ id, field, value, set, invalid }: FieldProps) {
  const { t, say } = useSpeech();
  const signed = value as Signed | null;
  const [means, setMeans] = useState<"pad" | "paper">("pad");
  const [by, setBy] = useState("customer");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const keep = async (image: Blob, name: string) => {
    setBusy(true);
    setFailed(null);
    try {
      set({ file: (await upload(image, name)).id, by, means });
    } catch (error) {
      setFailed(sentence(error, t));
    } finally {
      setBusy(false);
    }
  };
  const signers = [
    { value: "customer", label: t("form.byCustomer") },
    { value: "collector", label: t("form.byCollector") },
    { value: "staff", label: t("form.byStaff") },
  ];
  if (signed) {
    const who = signers.find((signer) => signer.value === signed.by)?.label ?? signed.by;
    return (
      <div id={id} className="signature done" role="group" aria-label={say(field.title)}>
        <img src={fileAddress(signed.file)} alt={t("form.signed")} />
        <span>
          {t("form.signed")} · {who}
        </span>
        <button type="button" className="link small" onClick={() => set(null)}>
          {t("form.signAgain")}
        </button>
      </div>
    );
  }
  return (
    <div
      id={id}
      className={`signature ${invalid ? "invalid" : ""}`}
      role="group"
      aria-label={say(field.title)}
    >
      <div className="row signature-head">
        <Pick
          small
          label={t("form.signBy")}
          options={signers}
          value={by}
          set={(next) => setBy(next ?? "customer")}
        />
        <Pick
          small
          label={say(field.title)}
          options={[
            { value: "pad", label: t("form.signPad") },
            { value: "paper", label: t("form.signPaper") },
          ]}
          value={means}
          set={(next) => setMeans(next ?? "pad")}
        />
      </div>
      {means === "pad" ? (
        <Pad busy={busy} keep={(image) => keep(image, "signature.png")} />
      ) : (
        <label className="paper-photo">
          <span>{t("form.paperPhoto")}</span>
          <input
            type="file"
            accept="image/*"
            capture="environment"
            disabled={busy}
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) void keep(file, file.name);
            }}
          />
          <Button loading={busy} tabIndex={-1} style={{ pointerEvents: "none" }}>
            {t("form.addPhoto")}
          </Button>
        </label>
      )}
      {failed && (
        <p className="late small" role="alert">
          {failed}
        </p>
      )}
    </div>
  );
}
