import { useState } from "react";
import type { CaseDocument } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";
import { DocumentView } from "./DocumentView";

const state = {
  draft: ["warn", "cases.docDraft"],
  frozen: ["ok", "cases.docFrozen"],
  void: ["bad", "cases.docVoid"],
} as const;

/** The papers of this case; a click opens the preview, print stands there. */
export function Documents({ documents }: { documents: CaseDocument[] }) {
  const { t, say } = useSpeech();
  const [open, setOpen] = useState<string | null>(null);
  const shown = documents.find((document) => document.id === open);
  return (
    <section className="card">
      <h2>{t("cases.documents")}</h2>
      {documents.length === 0 && <p className="muted">{t("cases.noDocuments")}</p>}
      {documents.map((document) => {
        const [tone, word] = state[document.status];
        return (
          <div key={document.id} className="document">
            <button type="button" className="link" onClick={() => setOpen(document.id)}>
              {say(document.title)}
            </button>{" "}
            {document.version > 1 && (
              <span className="muted small">
                {t("cases.docVersion", { n: document.version })}
              </span>
            )}{" "}
            <Tag tone={tone}>{t(word)}</Tag>{" "}
            {document.printed > 0 && (
              <span className="muted small">{t("cases.docPrinted", { n: document.printed })}</span>
            )}
          </div>
        );
      })}
      {shown && <DocumentView document={shown} close={() => setOpen(null)} />}
    </section>
  );
}
