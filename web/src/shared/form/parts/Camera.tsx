import Button from "antd/es/button";
import { useEffect, useRef, useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { readCode } from "@/shared/scan";

const LOOK_EVERY_MS = 250;
const AGAIN_AFTER_MS = 2000;

/** A live picture that reads code after code; without one (no HTTPS), a photo at a time. */
export default function Camera(props: { read: (code: string) => void; close: () => void }) {
  const { t } = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  const read = useRef(props.read);
  const [failed, setFailed] = useState(() => !navigator.mediaDevices?.getUserMedia);
  useEffect(() => {
    read.current = props.read;
  });
  useEffect(() => {
    if (!navigator.mediaDevices?.getUserMedia) return;
    let stream: MediaStream | null = null;
    let over = false;
    let timer = 0;
    let last = { code: "", at: 0 };
    const look = async () => {
      const picture = video.current;
      const code = picture && picture.readyState >= 2 ? await readCode(picture) : null;
      const now = performance.now();
      // A code that stays in the picture is one scan.
      if (code && (code !== last.code || now - last.at > AGAIN_AFTER_MS)) read.current(code);
      if (code) last = { code, at: now };
      if (!over) timer = window.setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    const wanted = { video: { facingMode: "environment" } };
    navigator.mediaDevices.getUserMedia(wanted).then(
      (granted) => {
        stream = granted;
        if (over || !video.current) return granted.getTracks().forEach((track) => track.stop());
        video.current.srcObject = granted;
        void video.current.play();
        void look();
      },
      () => setFailed(true),
    );
    return () => {
      over = true;
      window.clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return (
    <div className="camera">
      {failed ? (
        <label className="paper-photo">
          <span>{t("parts.cameraFailed")}</span>
          <input
            type="file"
            accept="image/*"
            capture="environment"
            aria-label={t("parts.photo")}
            onChange={async (event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              const code = file ? await readCode(file) : null;
              if (code) read.current(code);
            }}
          />
        </label>
      ) : (
        <video ref={video} muted playsInline />
      )}
      <Button onClick={props.close}>{t("parts.cameraClose")}</Button>
    </div>
  );
}
