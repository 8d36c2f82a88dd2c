import { useCallback, useEffect, useState } from "react";
import { dateTime } from "@/shared/time/format";
import { Write } from "./Write";
import { look, photoAt, type Thread as Read, why } from "./api";
import { useWords } from "./words";

/** How often an open page looks for an answer. */
const EVERY = 30_000;

/** What was written to and fro, for whoever holds the link. */
export function Thread({ word, trouble }: { word: string; trouble: string }) {
  const { t } = useWords();
  const [thread, setThread] = useState<Read | null>(null);
  const [wrong, setWrong] = useState("");
  const [copied, setCopied] = useState(false);
  const read = useCallback(
    () =>
      look(word)
        .then((found) => {
          setThread(found);
          setWrong("");
        })
        .catch((error: unknown) => setWrong(why(error, t))),
    // The sentences change with the language alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [word],
  );
  useEffect(() => {
    void read();
    const timer = setInterval(() => document.visibilityState === "visible" && void read(), EVERY);
    return () => clearInterval(timer);
  }, [read]);

  if (!thread) {
    return wrong ? (
      <>
        <p className="trouble" role="alert">
          {wrong}
        </p>
        <a className="main" href="/ask">
          {t("again")}
        </a>
      </>
    ) : (
      <p>{t("loading")}</p>
    );
  }
  return (
    <>
      <p className="head">
        <span>{t("number", { n: thread.number })}</span>
        <strong className={thread.state}>{t(thread.state)}</strong>
      </p>
      {thread.promised_at && (
        <p className="lead">{t("promised", { at: dateTime(thread.promised_at) })}</p>
      )}
      {trouble && <p className="trouble">{trouble}</p>}
      <Messages word={word} thread={thread} />
      {wrong && <p className="trouble">{wrong}</p>}
      {thread.state === "closed" ? (
        <>
          <p className="lead">{t("closedText")}</p>
          <a className="main" href="/ask">
            {t("again")}
          </a>
        </>
      ) : (
        <Write word={word} thread={thread} changed={setThread} reread={() => void read()} />
      )}
      <p className="notice">{t("keep")}</p>
      <button
        type="button"
        className="plain"
        onClick={() => {
          void navigator.clipboard.writeText(location.href).then(() => setCopied(true));
        }}
      >
        {t(copied ? "copied" : "copy")}
      </button>
    </>
  );
}

function Messages({ word, thread }: { word: string; thread: Read }) {
  const { t } = useWords();
  const photo = (id: string, name: string) => (
    <a key={id} href={photoAt(word, id)} target="_blank" rel="noreferrer">
      <img src={photoAt(word, id)} alt={name} loading="lazy" />
    </a>
  );
  return (
    <ol className="thread">
      {thread.messages.map((message, index) => {
        const next = thread.messages.slice(index + 1).find((later) => !later.ours);
        const came = thread.photos.filter(
          (one) => !message.ours && one.at >= message.at && (!next || one.at < next.at),
        );
        return (
          <li key={message.id} className={message.ours ? "ours" : "theirs"}>
            <small>
              {message.ours ? thread.company || t("us") : t("mine")} · {dateTime(message.at)}
            </small>
            <p>{message.text}</p>
            <div className="sent">
              {came.map((one) => photo(one.id, t("photo")))}
              {message.photos.map((id) => photo(id, t("answerPhoto")))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
