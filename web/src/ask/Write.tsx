import { type FormEvent, useState } from "react";
import { Photos } from "./Photos";
import { more, sendPhoto, settle, type Thread, why } from "./api";
import { smaller } from "./photo";
import { useWords } from "./words";

interface Props {
  word: string;
  thread: Thread;
  changed: (thread: Thread) => void;
  reread: () => void;
}

/** They write again, or say that it is settled. */
export function Write({ word, thread, changed, reread }: Props) {
  const { t } = useWords();
  const [message, setMessage] = useState("");
  const [photos, setPhotos] = useState<File[]>([]);
  const [sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState("");

  async function done(act: () => Promise<Thread>) {
    setSending(true);
    setTrouble("");
    try {
      changed(await act());
      for (const photo of photos) await sendPhoto(word, await smaller(photo));
      if (photos.length > 0) reread();
      setMessage("");
      setPhotos([]);
    } catch (error) {
      setTrouble(why(error, t));
    } finally {
      setSending(false);
    }
  }

  function send(event: FormEvent) {
    event.preventDefault();
    void done(() => more(word, message));
  }

  return (
    <form onSubmit={send}>
      <label className="field">
        {t("writeMore")}
        <textarea
          rows={3}
          maxLength={1000}
          required
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
      </label>
      {thread.photos_left > 0 && (
        <Photos t={t} most={Math.min(6, thread.photos_left)} photos={photos} change={setPhotos} />
      )}
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <div className="acts">
        <button className="main" disabled={sending}>
          {t(sending ? "sending" : "send")}
        </button>
        {thread.state === "answered" && (
          <button
            type="button"
            className="plain"
            disabled={sending}
            onClick={() => void done(() => settle(word))}
          >
            {t("settled")}
          </button>
        )}
      </div>
    </form>
  );
}
