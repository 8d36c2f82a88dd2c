import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Modal from "antd/es/modal";
import { useRef, useState } from "react";
import { address, api } from "@/api/client";
import type { CaseDocument } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { PaperFrame } from "@/shared/print/PaperFrame";
import { printFrame, savePdf } from "@/shared/print/print";
import { lookOf, pageOf, paperOf, usePrintProfile } from "@/shared/print/profile";
import { sentence } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { PrintBar } from "./PrintBar";

/** Print preview before print: the paper as it comes out, then the browser's printer or a PDF. */
export function DocumentView({ document, close }: { document: CaseDocument; close: () => void }) {
  const { t, say, lang } = useSpeech();
  const phone = usePhone();
  const queries = useQueryClient();
  const frame = useRef<HTMLIFrameElement>(null);
  const { profile, setPaper } = usePrintProfile();
  const key = paperOf(
    profile,
    document.document,
    document.papers.map((p) => p.key),
  );
  const paper = document.papers.find((p) => p.key === key) ?? document.papers[0];
  const look = lookOf(profile, key);
  const many = document.copies.length > 1;
  const usual = many && paper?.kind === "impact" && look.carbon ? "carbon" : "each";
  const [chosen, setCopies] = useState<string | null>(null);
  const copies = chosen ?? usual;
  const [why, setWhy] = useState("");
  // The next print: it names itself a reprint before the button is pressed.
  const [next, setNext] = useState(document.printed + 1);
  const [pages, setPages] = useState<number | null>(null);
  const waiting = useRef(false);
  const asked = (print: number) => ({
    paper: key === document.papers[0]?.key ? null : key,
    copies: copies === "each" ? null : copies,
    print,
    lang,
  });
  const counted = useMutation({
    mutationFn: async (as: "print" | "pdf") => {
      const body = { paper: key, reason: why.trim() || null };
      const said = await api.post<{ printed: number }>(`/documents/${document.id}/printed`, body);
      const number = said.printed;
      if (as === "pdf") {
        const path = pageOf(`/documents/${document.id}.pdf`, look, asked(number));
        await savePdf(path, `${say(document.title)}.pdf`);
        setNext(number + 1);
      } else if (number === next) {
        printFrame(frame.current);
        setNext(number + 1);
      } else {
        // Somebody else printed it meanwhile: the page says so first.
        waiting.current = true;
        setNext(number);
      }
      setWhy("");
      return number;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["case"] }),
  });
  const ready = (found: number) => {
    setPages(found);
    if (!waiting.current) return;
    waiting.current = false;
    printFrame(frame.current);
    setNext((print) => print + 1);
  };
  const shut = () => close();
  if (!paper) return null;
  return (
    <Modal
      open
      onCancel={shut}
      width={phone ? "100%" : 980}
      style={phone ? { top: 0, maxWidth: "100vw", margin: 0, padding: 0 } : { top: 24 }}
      title={
        <>
          {say(document.title)}{" "}
          <span className="muted small">
            {pages !== null && t("print.pages", { n: pages })}
            {next > 1 && ` · ${t("print.again", { n: next - 1 })}`}
          </span>
        </>
      }
      footer={
        <>
          <Button onClick={shut}>{t("words.close")}</Button>
          <Button
            disabled={pages === null}
            loading={counted.isPending && counted.variables === "pdf"}
            onClick={() => counted.mutate("pdf")}
          >
            {t("print.pdf")}
          </Button>
          <Button
            type="primary"
            disabled={pages === null || counted.isPending}
            onClick={() => counted.mutate("print")}
          >
            {t("words.print")}
          </Button>
        </>
      }
    >
      <PrintBar
        document={document}
        paper={key}
        setPaper={(paper) => setPaper(document.document, paper)}
        copies={copies}
        setCopies={setCopies}
        why={why}
        setWhy={setWhy}
      />
      {counted.error && (
        <p className="notice bad" role="alert">
          {sentence(counted.error, t)}
        </p>
      )}
      <PaperFrame
        key={key}
        frame={frame}
        paper={paper}
        title={say(document.title)}
        src={address(pageOf(`/documents/${document.id}`, look, asked(next)))}
        onReady={ready}
      />
    </Modal>
  );
}
