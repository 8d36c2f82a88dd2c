import Button from "antd/es/button";
import type { ReactNode } from "react";
import { Refused, Unreachable } from "@/api/client";
import { type Speech, useSpeech } from "@/shared/i18n";

/** Nothing there: says what would fill the place and offers the act. */
export function Blank(props: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="blank">
      <h2>{props.title}</h2>
      {props.text && <p>{props.text}</p>}
      {props.children && <div className="row">{props.children}</div>}
    </div>
  );
}

/** Grey bones of the lines that are on their way. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useSpeech();
  return (
    <div className="stack" role="status" aria-label={t("words.loading")} style={{ gap: 12 }}>
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className="bone" style={{ width: `${[62, 88, 74, 93, 55][i % 5]}%` }} />
      ))}
    </div>
  );
}

/** The sentence for an error: the server's own where it gave one. */
export function sentence(error: unknown, t: Speech["t"]): string {
  if (error instanceof Unreachable) return t("words.errorUnreachable");
  if (error instanceof Refused) {
    if (error.problem.detail) return error.problem.detail;
    if (error.status === 403) return t("words.errorForbidden");
    if (error.status === 404) return t("words.errorMissing");
    return t("words.errorServer", { id: error.problem.request_id ?? error.status });
  }
  return t("words.errorServer", { id: "–" });
}

/** What could not be read, why, and another try. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="blank" role="alert">
      <h2>{t("words.errorTitle")}</h2>
      <p>{sentence(error, t)}</p>
      {retry && (
        <div className="row">
          <Button onClick={retry}>{t("words.retry")}</Button>
        </div>
      )}
    </div>
  );
}
