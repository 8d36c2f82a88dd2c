import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Popconfirm from "antd/es/popconfirm";
import Select from "antd/es/select";
import { useId, useState } from "react";
import { Link } from "react-router";
import type { Papers } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { lookOf, paperOf, plain, usePrintProfile } from "@/shared/print/profile";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { papersQuery } from "../api";
import { Printer } from "../components/Printer";
import "./printing.css";

/** Print settings (打印设置) of this machine: its printers' offsets, and which form lies on what. */
export default function Printing() {
  const { t } = useSpeech();
  const list = useQuery(papersQuery);
  const { clear } = usePrintProfile();
  return (
    <div className="stack printing">
      <div className="page-head">
        <h1>{t("print.settings")}</h1>
        <Popconfirm
          title={t("print.clearSure")}
          okText={t("print.clear")}
          cancelText={t("words.cancel")}
          onConfirm={clear}
        >
          <Button>{t("print.clear")}</Button>
        </Popconfirm>
      </div>
      <p className="muted">
        {t("print.text")} <Link to="/blanks">{t("print.blanks")}</Link>
      </p>
      {list.isPending ? (
        <Loading lines={6} />
      ) : list.data ? (
        <Settings papers={list.data} />
      ) : (
        <Failed error={list.error} retry={() => void list.refetch()} />
      )}
    </div>
  );
}

function Settings({ papers }: { papers: Papers }) {
  const { t, say } = useSpeech();
  const id = useId();
  const { profile, setLook, setPaper } = usePrintProfile();
  const [key, setKey] = useState(papers.papers[0]?.key ?? "A4");
  const paper = papers.papers.find((p) => p.key === key);
  const several = papers.documents.filter((form) => form.papers.length > 1);
  const title = (wanted: string) => {
    const found = papers.papers.find((p) => p.key === wanted);
    return found ? say(found.title) : wanted;
  };
  const options = papers.papers.map((p) => ({ value: p.key, label: say(p.title) }));
  return (
    <>
      <section className="card stack">
        <h2>{t("print.printer")}</h2>
        <label htmlFor={`${id}p`}>
          <span className="sub">{t("print.paper")}</span>{" "}
          <Select
            id={`${id}p`}
            value={key}
            options={options}
            onChange={setKey}
            popupMatchSelectWidth={false}
          />
        </label>
        {paper && (
          <Printer
            key={key}
            paper={paper}
            look={lookOf(profile, key)}
            set={(look) => setLook(key, { ...plain, ...look })}
          />
        )}
      </section>
      <section className="card stack">
        <h2>{t("print.forms")}</h2>
        {several.length === 0 ? (
          <Blank title={t("print.noForms")} text={t("print.noFormsText")} />
        ) : (
          <ul className="printing-forms">
            {several.map((form) => (
              <li key={form.id}>
                <label htmlFor={id + form.id}>{say(form.title)}</label>
                <Select
                  id={id + form.id}
                  value={paperOf(profile, form.id, form.papers)}
                  options={form.papers.map((p) => ({ value: p, label: title(p) }))}
                  onChange={(chosen) => setPaper(form.id, chosen)}
                  popupMatchSelectWidth={false}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
