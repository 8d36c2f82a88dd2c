import Button from "antd/es/button";
import { useRouteError } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Blank } from "@/shared/ui/States";

// How Chromium, Firefox and Safari say that a part of the program could not be fetched.
const unfetched = /dynamically imported module|module script failed|error loading/i;

/** A page that threw or could not be fetched: what was typed is kept, a reload loses nothing. */
export function Crashed() {
  const { t } = useSpeech();
  const error = useRouteError();
  const away = error instanceof Error && unfetched.test(error.message);
  return (
    <Blank
      title={t(away ? "words.errorTitle" : "frame.crashedTitle")}
      text={t(away ? "words.errorUnreachable" : "frame.crashedText")}
    >
      <Button type="primary" onClick={() => location.reload()}>
        {t(away ? "words.retry" : "frame.reload")}
      </Button>
    </Blank>
  );
}
