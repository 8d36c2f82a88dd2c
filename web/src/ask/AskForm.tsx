import { type FormEvent, useRef, useState } from "react";
import { freshKey } from "@/api/client";
import { Photos } from "./Photos";
import { open, type Question, sendPhoto, why } from "./api";
import { smaller } from "./photo";
import { useWords } from "./words";

/** Most photos that go with a first message; later ones take the rest. */
const MOST = 6;
const kinds = ["consultation", "complaint", "opinion"] as const;

interface Props {
  /** Where it goes on, and what went wrong with photos on the way. */
  opened: (word: string, trouble: string) => void;
}

/** Somebody without an account writes to the company. */
export function AskForm({ opened }: Props) {
  const { t } = useWords();
  const told = new URLSearchParams(location.search).get("v") ?? "";
  const [question, setQuestion] = useState<Question>({
    kind: "consultation",
    message: "",
    urgent: false,
    name: "",
    phone: "",
    vehicle: told.slice(0, 30),
    agreed: false,
  });
  const [photos, setPhotos] = useState<File[]>([]);
  const [sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState("");
  const attempt = useRef({ of: "", key: "" });
  const set = (part: Partial<Question>) => setQuestion((now) => ({ ...now, ...part }));

  async function send(event: FormEvent) {
    event.preventDefault();
    setSending(true);
    setTrouble("");
    try {
      // A question that was changed is another one; the same one is sent again under its key.
      const of = JSON.stringify(question);
      if (attempt.current.of !== of) attempt.current = { of, key: freshKey() };
      const { word } = await open(question, attempt.current.key);
      let lost = "";
      for (const photo of photos) {
        await sendPhoto(word, await smaller(photo)).catch((error: unknown) => {
          lost = t("photoFailed", { why: why(error, t) });
        });
      }
      opened(word, lost);
    } catch (error) {
      setTrouble(why(error, t));
      setSending(false);
    }
  }

  return (
    <form onSubmit={(event) => void send(event)}>
      <p className="lead">{t("lead")}</p>
      <div className="kinds" role="radiogroup" aria-label={t("kind")}>
        {kinds.map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="kind"
              checked={question.kind === kind}
              onChange={() => set({ kind })}
            />
            <span>{t(kind)}</span>
          </label>
        ))}
      </div>
      <label className="field">
        {t("message")}
        <textarea
          rows={5}
          maxLength={1000}
          required
          placeholder={t("messageHint")}
          value={question.message}
          onChange={(event) => set({ message: event.target.value })}
        />
      </label>
      <label className="tick danger">
        <input
          type="checkbox"
          checked={question.urgent}
          onChange={(event) => set({ urgent: event.target.checked })}
        />
        {t("danger")}
      </label>
      {question.urgent && (
        <p className="warning" role="alert">
          {t("dangerText")}
        </p>
      )}
      <Photos t={t} most={MOST} photos={photos} change={setPhotos} />
      <label className="field">
        {t("phone")}
        <input
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          maxLength={20}
          value={question.phone}
          onChange={(event) => set({ phone: event.target.value })}
        />
        <small>{t("phoneHint")}</small>
      </label>
      <div className="pair">
        <label className="field">
          {t("name")}
          <input
            autoComplete="name"
            maxLength={40}
            value={question.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </label>
        <label className="field">
          {t("vehicle")}
          <input
            maxLength={30}
            value={question.vehicle}
            onChange={(event) => set({ vehicle: event.target.value })}
          />
        </label>
      </div>
      <p className="notice">{t("notice")}</p>
      <label className="tick">
        <input
          type="checkbox"
          required
          checked={question.agreed}
          onChange={(event) => set({ agreed: event.target.checked })}
        />
        {t("agree")}
      </label>
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <button className="main" disabled={sending}>
        {t(sending ? "sending" : "send")}
      </button>
    </form>
  );
}
