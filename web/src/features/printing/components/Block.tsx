import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Select from "antd/es/select";
import { useId, useRef, useState } from "react";
import { address } from "@/api/client";
import type { Paper } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { PaperFrame } from "@/shared/print/PaperFrame";
import { printFrame } from "@/shared/print/print";
import { lookOf, pageOf, paperOf, usePrintProfile } from "@/shared/print/profile";
import { Failed, Loading } from "@/shared/ui/States";
import { blankQuery } from "../api";
import { Numbers } from "./Numbers";

/** A block of blank forms: its numbers, and the forms themselves to be printed. */
export function Block({ id, papers }: { id: string; papers: Paper[] }) {
  const { t, say, lang } = useSpeech();
  const field = useId();
  const frame = useRef<HTMLIFrameElement>(null);
  const { profile, setPaper } = usePrintProfile();
  const [pages, setPages] = useState<number | null>(null);
  const found = useQuery(blankQuery(id));
  if (found.isPending) return <Loading lines={6} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { block, numbers } = found.data;
  const key = paperOf(profile, block.form, block.papers);
  const paper = papers.find((one) => one.key === key);
  const look = lookOf(profile, key);
  const asked = {
    paper: key,
    // Carbon makes the copies.
    copies: paper?.kind === "impact" && look.carbon ? "carbon" : null,
    // What is spoilt is not printed again; the page is asked anew when that changes.
    left: block.printed,
    lang,
  };
  const title = (wanted: string) => {
    const one = papers.find((each) => each.key === wanted);
    return one ? say(one.title) : wanted;
  };
  return (
    <>
      <Numbers block={block} numbers={numbers} />
      {paper && block.printed > 0 && (
        <section className="card stack">
          <div className="printing-look">
            <label htmlFor={field}>
              <span className="sub">{t("print.paper")}</span>
              <Select
                id={field}
                value={key}
                options={block.papers.map((one) => ({ value: one, label: title(one) }))}
                onChange={(chosen) => setPaper(block.form, chosen)}
                popupMatchSelectWidth={false}
              />
            </label>
            <Button
              type="primary"
              disabled={pages === null}
              onClick={() => printFrame(frame.current)}
            >
              {t("print.printBlanks", { n: block.printed })}
            </Button>
            {pages !== null && <span className="muted">{t("print.pages", { n: pages })}</span>}
          </div>
          <PaperFrame
            frame={frame}
            paper={paper}
            title={`${say(block.title)} ${block.first}`}
            src={address(pageOf(`/blanks/${id}/paper`, look, asked))}
            onReady={setPages}
          />
        </section>
      )}
    </>
  );
}
