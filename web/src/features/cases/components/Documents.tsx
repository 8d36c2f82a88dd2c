import { useState } from "react";
import type { CaseDocument } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Tag } from "@/shared/ui/Tag";
import { DocumentView } from "./DocumentView";

// A paper that is not frozen waits for the printer or for a signature; what is void says so.
function state(document: CaseDocument) {
  if (document.status === "frozen")
    return document.signed ? (["ok", "cases.docFrozen"] as const) : null;
  if (document.status === "void") return ["bad", "cases.docVoid"] as const;
  return document.printed > 0 ? null : (["na", "cases.docDraft"] as const);
}

/** The papers of this case; a click opens the preview, print stands there. */
export function Documents({ documents }: { documents: CaseDocument[] }) {
  const { t } = useSpeech();
  return (
    <section className="card">
      <h2>{t("cases.documents")}</h2>
      {documents.length === 0 && <p className="muted">{t("cases.noDocuments")}</p>}
      <Papers documents={documents} />
    </section>
  );
}

/** Papers by title and how they stand, each opened by a click. */
export function Papers({ documents }: { documents: CaseDocument[] }) {
  const { t, say } = useSpeech();
  const [open, setOpen] = useState<string | null>(null);
  const shown = documents.find((document) => document.id === open);
  return (
    <>
      {documents.map((document) => {
        const mark = state(document);
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
            {mark && <Tag tone={mark[0]}>{t(mark[1])}</Tag>}{" "}
            {document.printed > 0 && (
              <span className="muted small">{t("cases.docPrinted", { n: document.printed })}</span>
            )}
          </div>
        );
      })}
      {shown && <DocumentView document={shown} close={() => setOpen(null)} />}
    </>
  );
}
