import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Modal from "antd/es/modal";
import { useRef, useState } from "react";
import { address, api } from "@/api/client";
import type { CaseDocument } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Loading } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";

/** Print preview before print: the paper in a frame, then the browser's printer. */
export function DocumentView({ document, close }: { document: CaseDocument; close: () => void }) {
  const { t, say, lang } = useSpeech();
  const phone = usePhone();
  const queries = useQueryClient();
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  const counted = useMutation({
    mutationFn: () => api.post<{ printed: number }>(`/documents/${document.id}/printed`, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["case"] }),
  });
  const print = () => {
    frame.current?.contentWindow?.focus();
    frame.current?.contentWindow?.print();
    counted.mutate();
  };
  const copies = document.copies.map((copy) => say(copy)).join(" / ");
  return (
    <Modal
      open
      onCancel={close}
      width={phone ? "100%" : 900}
      style={phone ? { top: 0, maxWidth: "100vw", margin: 0, padding: 0 } : { top: 24 }}
      title={
        <>
          {say(document.title)}{" "}
          <span className="muted small">
            {document.paper}
            {copies && ` · ${t("cases.docCopies", { n: document.copies.length })} ${copies}`}
          </span>
        </>
      }
      footer={
        <>
          <Button onClick={close}>{t("words.close")}</Button>
          <Button type="primary" disabled={!ready} onClick={print}>
            {t("words.print")}
          </Button>
        </>
      }
    >
      {!ready && <Loading lines={6} />}
      <iframe
        ref={frame}
        className="document-frame"
        title={say(document.title)}
        src={address(`/documents/${document.id}?lang=${lang}`)}
        onLoad={() => setReady(true)}
      />
    </Modal>
  );
}
