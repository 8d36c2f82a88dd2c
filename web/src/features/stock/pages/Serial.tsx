import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useEffect, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Refused } from "@/api/client";
import { useSpeech } from "@/shared/i18n";
import { PhotoCode } from "@/shared/ui/PhotoCode";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { useScanner } from "@/shared/useScanner";
import { custodyQuery } from "../api/queries";
import { Life } from "../components/Life";
import "./stock.css";

/** One serial, one page: every hand it went through, from the supplier to its end. */
export default function Serial() {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const serial = search.get("no") ?? "";
  const ask = (no: string) => setSearch(no ? { no } : {});
  useScanner((code) => {
    const own = document.activeElement?.closest("main") !== null;
    ask(code);
    return !own;
  });
  return (
    <>
      <div className="page-head">
        <h1>{t("stock.traced")}</h1>
      </div>
      <Box key={serial} serial={serial} ask={ask} />
      {serial ? (
        <Found serial={serial} />
      ) : (
        <div className="card">
          <Blank title={t("stock.traceHint")} text={t("stock.traceText")} />
        </div>
      )}
    </>
  );
}

function Box({ serial, ask }: { serial: string; ask: (no: string) => void }) {
  const { t } = useSpeech();
  const phone = usePhone();
  const [typed, setTyped] = useState(serial);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!phone && !serial) input.current?.focus();
  }, [phone, serial]);
  return (
    <form
      className="serial-box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        ask(typed.trim());
      }}
    >
      <input
        ref={input}
        className="plain-input mono"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t("stock.traceHint")}
        aria-label={t("stock.traceHint")}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
      />
      {phone && <PhotoCode className="plain serial-scan" read={ask} />}
      <Button type="primary" htmlType="submit" disabled={!typed.trim()}>
        {t("stock.trace")}
      </Button>
    </form>
  );
}

function Found({ serial }: { serial: string }) {
  const { t } = useSpeech();
  const found = useQuery(custodyQuery(serial));
  if (found.isPending) {
    return (
      <div className="card">
        <Loading lines={8} />
      </div>
    );
  }
  const refused = found.error;
  if (refused instanceof Refused && refused.status === 404) {
    return (
      <div className="card">
        <Blank title={t("stock.lost", { serial })} text={refused.message}>
          <Link to={`/desk?q=${encodeURIComponent(serial)}`}>{t("stock.atDesk")}</Link>
        </Blank>
      </div>
    );
  }
  if (!found.data) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <div className="stack">
      {found.data.items.map((one) => (
        <Life key={one.part.code} of={one} />
      ))}
    </div>
  );
}
