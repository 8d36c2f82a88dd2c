import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useEffect, useId, useRef, useState } from "react";
import { unlock } from "@/api/queries/session";
import type { Lock as Shown, Me } from "@/api/types";
import { language, languageNames, useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { Faces } from "./Faces";
import { ProviderButton } from "./ProviderButton";
import { SignInForm } from "./SignInForm";
import "./lock.css";

interface Props {
  lock: Shown;
  /** Whose page stands behind it, if anybody's. */
  last?: string;
  /** Somebody stepped up; nothing of the page behind is shown before. */
  done: (me: Me) => void;
}

type Face = Shown["people"][number];

/** A locked counter: who are you, and your PIN. Everything by keys: a number, the digits, Enter. */
export function Lock({ lock, last, done }: Props) {
  const { t, lang } = useSpeech();
  const [face, setFace] = useState<Face | null>(null);
  const [password, setPassword] = useState(false);
  const other = lang === "zh" ? "en" : "zh";
  const title = `${t("lock.title")} · ${lock.org.name}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className="lock" aria-label={t("lock.title")}>
      <header>
        <img src="/mark.svg" alt="" width="34" height="34" />
        <div>
          <h1>{lock.org.name}</h1>
          <p>
            {lock.name} · {t("lock.title")}
          </p>
        </div>
        <button
          type="button"
          className="link lock-language"
          lang={other === "zh" ? "zh-CN" : "en"}
          onClick={() => language.set(other)}
        >
          {languageNames[other]}
        </button>
      </header>
      <section className="card stack">
        {last && <p className="notice">{t("lock.kept", { name: last })}</p>}
        {password ? (
          <ByPassword done={done} />
        ) : face ? (
          <ByPin
            face={face}
            done={done}
            back={() => setFace(null)}
            refused={() => setPassword(true)}
          />
        ) : (
          <Faces people={lock.people} choose={setFace} />
        )}
        <button
          type="button"
          className="link lock-other"
          onClick={() => {
            setFace(null);
            setPassword(!password);
          }}
        >
          {t(password ? "lock.byPin" : "lock.byPassword")}
        </button>
      </section>
    </main>
  );
}

function ByPassword({ done }: { done: Props["done"] }) {
  const { t } = useSpeech();
  const [value, setValue] = useState({ login: "", password: "" });
  return (
    <>
      <h2>{t("lock.byPassword")}</h2>
      <p className="muted small">{t("lock.passwordText")}</p>
      <ProviderButton or={t("signin.orPassword")} />
      <SignInForm value={value} change={setValue} done={done} />
    </>
  );
}

interface PinProps {
  face: Face;
  done: Props["done"];
  back: () => void;
  refused: () => void;
}

function ByPin({ face, done, back, refused }: PinProps) {
  const { t } = useSpeech();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [pin, setPin] = useState("");
  const enter = useMutation({
    mutationFn: () => unlock(face.id, pin),
    onSuccess: done,
    onError: () => {
      setPin("");
      input.current?.focus();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (pin.length >= 4 && !enter.isPending) enter.mutate();
      }}
    >
      <div className="lock-chosen">
        <span className="avatar" aria-hidden="true">
          {face.name.slice(0, 1)}
        </span>
        <h2>{face.name}</h2>
        <button type="button" className="link" onClick={back}>
          {t("lock.other")}
        </button>
      </div>
      {face.blocked && <p className="notice warn">{t("lock.blocked")}</p>}
      <label htmlFor={`${id}-pin`}>{t("lock.pin")}</label>
      <input
        ref={input}
        id={`${id}-pin`}
        className="lock-pin"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        autoFocus
        value={pin}
        onChange={(event) => setPin(event.target.value.replace(/\D/g, ""))}
        onKeyDown={(event) => {
          const left = event.key === "Escape" || (event.key === "Backspace" && pin === "");
          if (left) back();
        }}
      />
      {enter.error && (
        <p className="notice bad" role="alert">
          {sentence(enter.error, t)}
        </p>
      )}
      <div className="row">
        <Button type="primary" size="large" htmlType="submit" loading={enter.isPending}>
          {t("lock.enter")}
        </Button>
        {(face.blocked || enter.error) && (
          <Button size="large" onClick={refused}>
            {t("lock.byPassword")}
          </Button>
        )}
      </div>
    </form>
  );
}
